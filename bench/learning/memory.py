"""What a computation takes on top of what is resident before it, by Linux's own mark of the highest resident size; the .NET side reads the same mark."""


def mark():
    """MiB."""
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:")) / 1024


def growth(body):
    """MiB, and what the computation gives."""
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    before = mark()
    result = body()
    return mark() - before, result
