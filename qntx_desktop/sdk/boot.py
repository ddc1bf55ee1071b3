"""First lines of a handler's process; the launcher starts this file. Short, because it is compiled each time.

Makes `qntx` importable and nothing else of the app: its folder leaves `sys.path` before the script starts.
"""

import sys

if __name__ == "__main__":
    folder = __file__.rpartition("/" if "/" in __file__ else "\\")[0]
    sys.path.append(folder)
    __import__("qntx._run")
    sys.path.remove(folder)
    sys.modules["qntx._run"].main(sys.argv[1:])
