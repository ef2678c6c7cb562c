// PommelCLI
