/// <summary>An epoch: the bits per character that it trained at and that the held-out text then costs, and what the network wrote behind it.</summary>
public sealed record Lesson(int Epoch, double TrainingBits, double HeldOutBits, string Written);
