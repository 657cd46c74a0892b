using System;
using System.IO;

namespace Recurrent;

/// <summary>Writes a file that appears under its name only when it is complete.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes a file aside in the same directory, brings it to the disk and renames it. Whatever fails, the file that was there
    /// before is intact and nothing is left beside it.
    /// </summary>
    /// <param name="path">The file; one that exists is replaced, and its permissions are kept where the system has them.</param>
    /// <param name="content">What <paramref name="write"/> needs.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write<TContent>(string path, TContent content, Action<FileStream, TContent> write)
        where TContent : allows ref struct
    {
        string target = Path.GetFullPath(path);
        string aside = Path.Join(Path.GetDirectoryName(target), $".{Path.GetRandomFileName()}.tmp");
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            options.UnixCreateMode = File.GetUnixFileMode(target);
        }

        FileStream stream = new(aside, options);
        try
        {
            using (stream)
            {
                write(stream, content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, target, overwrite: true);
        }
        catch
        {
            DeleteQuietly(aside);
            throw;
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
