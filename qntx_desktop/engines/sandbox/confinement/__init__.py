"""What the operating system refuses a handler: Landlock for files, a seccomp filter for everything else. Linux."""
