// TableCompiler
