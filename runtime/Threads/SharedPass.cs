using System.ComponentModel;

namespace Recurrent;

/// <summary>A pass that the threads of a <see cref="Team"/> run together, each its share. It does not throw. For generated code.</summary>
/// <param name="share">The thread's part.</param>
/// <param name="count">Time steps, or streams.</param>
/// <param name="x">The inputs.</param>
/// <param name="state">The states.</param>
/// <param name="y">The outputs.</param>
/// <param name="memory">The network's weights.</param>
/// <param name="scratch">What layers hand to each other.</param>
/// <param name="whole">The sequences between walks through the layers.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe delegate void SharedPass(Share share, int count, float* x, float* state, float* y, float* memory, float* scratch, float* whole);
