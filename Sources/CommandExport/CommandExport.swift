import PommelCLI

/// The command as a function of a library that has the engine already: a wheel carries one copy of it, not two. Ends the process.
@_cdecl("pommel_command")
public func pommelCommand() { PommelTool.runToEnd() }
