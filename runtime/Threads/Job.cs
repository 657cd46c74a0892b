namespace Recurrent;

/// <summary>A pass with its arguments.</summary>
internal readonly unsafe struct Job(SharedPass pass, int count, float* x, float* state, float* y, float* memory, float* scratch, float* whole)
{
    private readonly float* _x = x;
    private readonly float* _state = state;
    private readonly float* _y = y;
    private readonly float* _memory = memory;
    private readonly float* _scratch = scratch;
    private readonly float* _whole = whole;

    public void Run(Share share) => pass(share, count, _x, _state, _y, _memory, _scratch, _whole);
}
