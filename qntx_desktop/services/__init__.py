"""The work itself, without Qt: ledger, handlers, IX, queue, runs, runner, canvas. Any thread but the GUI's."""
