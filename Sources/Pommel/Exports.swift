// Models, values, errors and scoring are the runtime's, which small devices embed without the rest.
@_exported public import PommelRuntime

/// A model ready to score; see `PommelRuntime`. Here it means this one, and not the tree's.
public typealias Model = PommelRuntime.Model
