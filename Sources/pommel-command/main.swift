import PommelCLI

PommelTool.runToEnd()
