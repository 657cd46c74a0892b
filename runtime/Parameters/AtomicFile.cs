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
    /// <param name="path">
    /// The file; one that exists is replaced, and its permissions are kept where the system has them. A symbolic link stays: the file
    /// that it leads to is the one written.
    /// </param>
    /// <param name="content">What <paramref name="write"/> needs.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="isSoleWriter">
    /// Nobody else writes the file: what is written aside has one name, and replaces what a process that was killed has left there.
    /// </param>
    public static void Write<TContent>(string path, TContent content, Action<FileStream, TContent> write, bool isSoleWriter = false)
        where TContent : allows ref struct
    {
        string target = FinalTarget(path);
        string aside = Path.Join(Path.GetDirectoryName(target), $".{(isSoleWriter ? Path.GetFileName(target) : Path.GetRandomFileName())}.tmp");
        FileStreamOptions options = new() { Mode = isSoleWriter ? FileMode.Create : FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        UnixFileMode? mode = !OperatingSystem.IsWindows() && File.Exists(target) ? File.GetUnixFileMode(target) : null;
        if (!OperatingSystem.IsWindows() && mode is not null)
        {
            // From its first moment the file is no more open than the one it replaces.
            options.UnixCreateMode = mode;
        }

        FileStream stream = new(aside, options);
        try
        {
            using (stream)
            {
                // The process's umask may have taken permissions away.
                if (!OperatingSystem.IsWindows() && mode is { } wanted && File.GetUnixFileMode(stream.SafeFileHandle) != wanted)
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, wanted);
                }

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

    private static string FinalTarget(string path)
    {
        FileInfo file = new(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
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
