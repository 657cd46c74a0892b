using Xunit;

namespace Recurrent.Tests.Package;

/// <summary>The classes that test one packed consumer.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<PackedConsumer>
{
    public const string Name = "Package";
}
