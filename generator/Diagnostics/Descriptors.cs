using Microsoft.CodeAnalysis;

namespace Recurrent.Gen.Diagnostics;

/// <summary>Everything that can be wrong with a network or a cell. Each has a page in <c>docs/diagnostics</c>.</summary>
public static class Descriptors
{
    private const string Category = "Recurrent";
    private const string Pages = "https://github.com/recurrent-gen/recurrent-gen/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "RGEN001", "A network's class is partial", "'{0}' must be partial, because the generator adds members to the network '{1}'");

    public static readonly DiagnosticDescriptor NotAClass = Error(
        "RGEN002", "A network is a class", "'{0}' is a {1}; a network must be a plain class: it owns native memory, which must be neither copied nor compared by value");

    public static readonly DiagnosticDescriptor AbstractOrStatic = Error(
        "RGEN003", "A network can be made", "'{0}' is {1}; a network must be a class that can be made, neither abstract nor static");

    public static readonly DiagnosticDescriptor Generic = Error(
        "RGEN004", "A network is not generic", "'{0}' is generic or nested in a generic type; a network is compiled once, for the sizes of its attributes");

    public static readonly DiagnosticDescriptor FileLocal = Error(
        "RGEN005", "A network is not local to a file", "'{0}' is visible in its file alone, where the generator cannot add members; remove 'file'");

    public static readonly DiagnosticDescriptor NoLayers = Error(
        "RGEN006", "A network has layers", "'{0}' has no layers; write at least one layer attribute on the class, such as [Gru(16)]");

    public static readonly DiagnosticDescriptor ScatteredLayers = Error(
        "RGEN007", "A network's layers stand together", "The layers of '{0}' stand on several partial declarations, which leaves their order open; write all of them on one");

    public static readonly DiagnosticDescriptor SizeNotPositive = Error(
        "RGEN008", "A size is positive", "{0} is {1}; it must be at least 1");

    public static readonly DiagnosticDescriptor TooLarge = Error(
        "RGEN009", "A network's sizes fit an int", "{0} of '{1}' would be {2}; the largest possible is 2147483647");

    public static readonly DiagnosticDescriptor LookupNotFirst = Error(
        "RGEN010", "An embedding is the first layer", "'{0}' looks its input up in a table, so it can only be the first layer; here it is layer {1}");

    public static readonly DiagnosticDescriptor InputMismatch = Error(
        "RGEN011", "A layer gets the input it reads", "The input of '{0}' has size {1}, and {2} gives size {3}");

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "RGEN012", "A layer's name is unique", "Two layers of '{0}' are named '{1}'; a layer's name is the prefix of its tensors, so each needs its own");

    public static readonly DiagnosticDescriptor InvalidName = Error(
        "RGEN013", "A layer's name is a word", "'{0}' cannot name a layer; a name is a letter or an underscore, then letters, digits and underscores");

    public static readonly DiagnosticDescriptor NoGraph = Error(
        "RGEN014", "A layer runs a cell", "'{0}' cannot be a layer: {1}");

    public static readonly DiagnosticDescriptor Unsettled = Error(
        "RGEN015", "A layer settles all that its cell leaves open", "The cell '{0}' needs '{1}', and [{2}] has no {3} argument of that name");

    public static readonly DiagnosticDescriptor InvalidSetting = Error(
        "RGEN016", "A setting has a value that exists", "{0} is no value for '{1}'; {2}");

    public static readonly DiagnosticDescriptor MemberCollision = Error(
        "RGEN017", "A network's generated members are not declared twice", "'{0}' declares {1}, which the generator adds to a network; give it another name");

    public static readonly DiagnosticDescriptor UnsafeNotAllowed = Error(
        "RGEN018", "A network's kernels use pointers", "The kernels of '{0}' use pointers; set <AllowUnsafeBlocks>true</AllowUnsafeBlocks> in the project file");

    public static readonly DiagnosticDescriptor LayersWithoutNetwork = new(
        "RGEN019",
        "Layers belong to a network",
        "'{0}' has layers and no [Network] attribute, so nothing is generated; add [Network(Input = n)]",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + "RGEN019.md");

    public static readonly DiagnosticDescriptor LevelsOutOfRange = Error(
        "RGEN020", "A layer has at least one level", "'Layers' of [{0}] is {1}; it must be from 1 to {2}");

    public static readonly DiagnosticDescriptor ResidualMisfit = Error(
        "RGEN021", "A residual layer gives what it reads", "The input of '{0}' cannot be added to its output: {1}");

    public static readonly DiagnosticDescriptor ReverseAndBidirectional = Error(
        "RGEN022", "A layer runs in reverse or in both directions", "'{0}' is both Reverse and Bidirectional; a bidirectional layer runs in reverse too, so leave out Reverse");

    public static readonly DiagnosticDescriptor NoState = Error(
        "RGEN023", "What concerns a layer's states stands on one that has states", "'{0}' concerns the states of '{1}', and its cell '{2}' has none; leave it out");

    public static readonly DiagnosticDescriptor NoProbability = Error(
        "RGEN024", "A probability is from 0 to 1", "'{0}' of [{1}] is {2}; it must be at least 0 and less than 1");

    public static readonly DiagnosticDescriptor NoRecurrentProduct = Error(
        "RGEN025",
        "Recurrent dropout stands on a layer whose weights multiply a state",
        "'RecurrentDropout' concerns products of a matrix of weights and a state in '{0}', and its cell '{1}' has none; leave it out");

    public static readonly DiagnosticDescriptor NoPrecision = Error(
        "RGEN026", "The precision of weights is a member of Precision", "'Weights' of '{0}' is {1}; it must be a member of Precision");

    public static readonly DiagnosticDescriptor UnsupportedEquation = Error(
        "RGEN100", "The equation uses something that cannot be compiled", "'{0}' cannot be compiled; {1}");

    public static readonly DiagnosticDescriptor NoStep = Error(
        "RGEN101", "A cell has one method Step", "'{0}' is no cell: {1}");

    public static readonly DiagnosticDescriptor InvalidTensor = Error(
        "RGEN102", "A tensor is made of parameters", "The tensor '{0}' cannot be made: {1}");

    public static readonly DiagnosticDescriptor Recursion = Error(
        "RGEN103", "A method that an equation calls does not call itself", "'{0}' reaches itself; the body of a method is read where it is called, which would not end");

    public static readonly DiagnosticDescriptor NoSource = Error(
        "RGEN104", "A method that an equation calls has source here", "'{0}' has no source in this project but comes from '{1}'; an equation calls the methods of Recurrent.Equations and static methods of its own project");

    public static readonly DiagnosticDescriptor DataCondition = Error(
        "RGEN105", "A condition is settled before the network runs", "The condition '{0}' reads {1}, which changes; write Clamp, Min, Max, or a product with Equations.Step, and in conditions only settings and constants");

    public static readonly DiagnosticDescriptor ControlFlow = Error(
        "RGEN106", "A step has no loops and branches", "'{0}' cannot be compiled; {1}");

    public static readonly DiagnosticDescriptor Mutation = Error(
        "RGEN107", "A step changes nothing", "'{0}' cannot be compiled; {1}");

    public static readonly DiagnosticDescriptor WholeDivision = Warning(
        "RGEN108", "A division of whole numbers drops the remainder", "'{0}' divides whole numbers and is {1}; write '{2}' to keep the fraction");

    public static readonly DiagnosticDescriptor ZeroStart = Warning(
        "RGEN109", "An equation is defined where a sequence starts", "'{0}' {1} while the states are 0, as they are where a sequence starts; add a small constant, or mark the state [Learned]");

    public static readonly DiagnosticDescriptor Unused = Warning(
        "RGEN110", "What a cell declares is used", "No result of 'Step' depends on the {0} '{1}'; remove it");

    public static readonly DiagnosticDescriptor StateNotReturned = Error(
        "RGEN111", "A state comes back as a result", "{0}; return its next value in the tuple, under its name");

    public static readonly DiagnosticDescriptor MathCall = Error(
        "RGEN112", "An equation uses the words of Recurrent.Equations", "'{0}' cannot be compiled; {1}");

    public static readonly DiagnosticDescriptor ShapeMismatch = Error(
        "RGEN200", "Sizes in an equation agree", "The equations disagree: {0} is {1} by {2}, and {3} makes it {4}");

    public static readonly DiagnosticDescriptor OpenDimension = Error(
        "RGEN201", "A parameter's shape follows from its use", "Nothing in the equations settles {0}; write [Shape(...)] on the parameter");

    public static readonly DiagnosticDescriptor InvalidShape = Error(
        "RGEN202", "A declared shape fits its parameter", "The shape of '{0}' cannot be read: {1}");

    public static readonly DiagnosticDescriptor ImpossibleSize = Error(
        "RGEN204", "An equation has a shape", "'{0}' cannot be computed: {1}");

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + id + ".md");

    public static readonly DiagnosticDescriptor DoesNotFit = Error(
        "RGEN203", "A layer's sizes and settings fit its cell", "The equations of '{0}' do not fit: {1}");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + id + ".md");
}
