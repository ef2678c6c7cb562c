// What a model says of itself, and its columns, belong to everyone who imports the library; the tables behind them do not.
@_exported public import struct Evaluation.Schema
@_exported public import struct Evaluation.InputField
@_exported public import struct Evaluation.ResultField
@_exported public import struct Evaluation.StructureLine
@_exported public import struct Evaluation.VerificationTable
@_exported public import enum Evaluation.ValueType
@_exported public import enum Evaluation.OperationalType
@_exported public import class Evaluation.Plan
@_exported public import class Evaluation.Frame
@_exported public import struct Evaluation.Register
@_exported public import enum Evaluation.RegisterKind
@_exported public import enum Evaluation.CellStatus
@_exported public import struct Evaluation.RowFailure
