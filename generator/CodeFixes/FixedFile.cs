using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Recurrent.Gen.CodeFixes;

/// <summary>A file that is fixed, and how pieces of it are deleted.</summary>
public sealed record FixedFile(SourceText Text, SyntaxNode Root, SemanticModel Model)
{
    public static async Task<FixedFile> Read(Document document, CancellationToken cancellation)
    {
        SemanticModel model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        SyntaxNode root = await model.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        return new FixedFile(await document.GetTextAsync(cancellation).ConfigureAwait(false), root, model);
    }

    /// <summary>The innermost node of a type that is, or is around, the place of a diagnostic.</summary>
    public T? At<T>(Location place)
        where T : SyntaxNode => Root.FindNode(place.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<T>();

    /// <summary>Deletes elements of a list with the commas between them and others.</summary>
    public IEnumerable<TextChange> Delete<T>(SeparatedSyntaxList<T> list, ISet<T> elements)
        where T : SyntaxNode
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (!elements.Contains(list[i]))
            {
                continue;
            }

            if (list.Skip(i + 1).Any(element => !elements.Contains(element)))
            {
                SyntaxToken comma = list.GetSeparator(i);
                int next = list[i + 1].SpanStart;
                yield return Deletion(list[i].SpanStart, list[i].Span.End);
                yield return Deletion(comma.SpanStart, IsBlank(comma.Span.End, next) ? next : SkipBlanks(comma.Span.End));
            }
            else
            {
                if (i > 0)
                {
                    SyntaxToken comma = list.GetSeparator(i - 1);
                    yield return Deletion(comma.SpanStart, IsBlank(comma.Span.End, list[i].SpanStart) ? list[i].SpanStart : comma.Span.End);
                }

                yield return Deletion(list[i].SpanStart, list[i].Span.End);
            }
        }
    }

    /// <summary>Deletes a piece of the file, with its line where nothing else stands on it, else with the blanks behind it.</summary>
    public TextChange Delete(TextSpan span)
    {
        TextLine line = Text.Lines.GetLineFromPosition(span.Start);
        TextLine last = Text.Lines.GetLineFromPosition(span.End);
        bool isFirst = Text.ToString(TextSpan.FromBounds(line.Start, span.Start)).Trim() is "" or "///";
        if (isFirst && IsBlank(span.End, last.End))
        {
            return Deletion(line.Start, last.EndIncludingLineBreak);
        }

        return Deletion(span.Start, SkipBlanks(span.End));
    }

    private static TextChange Deletion(int start, int end) => new(TextSpan.FromBounds(start, end), "");

    /// <summary>The next position on the line where something stands.</summary>
    private int SkipBlanks(int position)
    {
        int end = Text.Lines.GetLineFromPosition(position).End;
        while (position < end && char.IsWhiteSpace(Text[position]))
        {
            position++;
        }

        return position;
    }

    private bool IsBlank(int start, int end) => string.IsNullOrWhiteSpace(Text.ToString(TextSpan.FromBounds(start, end)));
}
