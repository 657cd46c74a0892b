/// <summary>An epoch: its loss, and how many numbers that are held out come out right behind it.</summary>
public sealed record Lesson(int Epoch, double Loss, Accuracy HeldOut);
