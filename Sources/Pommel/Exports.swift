// Models, values, errors and scoring are the runtime's, which small devices embed without the rest.
@_exported public import PommelRuntime
@_exported public import enum PMMLWriter.PMMLVersion
