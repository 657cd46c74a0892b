using System.IO;

namespace Edge;

/// <summary>The weights that this program carries.</summary>
public static class EmbeddedPolicy
{
    public static Policy Load()
    {
        using Stream resource = typeof(EmbeddedPolicy).Assembly.GetManifestResourceStream("policy.safetensors")!;
        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return Policy.Load(bytes);
    }
}
