/// A built-in function as documents call it: its name, parameters and rules, and the operation that computes it.
///
/// https://dmg.org/pmml/v4-4-1/BuiltinFunctions.html
///
/// Each function's row stands in the file of its kernel. An instruction for it holds the output, then for every argument its
/// register (and after a `temporal` one the raw value of its ``ValueType``); a variadic function holds the number of its
/// registers first. If ``canBeInvalid`` follows an ``InvalidTreatment``, and if ``roundsToFloat`` a flag.
public struct Builtin: Sendable {
    /// What an argument is cast to before the call.
    public enum Argument: String, Sendable {
        case number, text, boolean
        /// A date, time or dateTime, as it is; text is read as a dateTime.
        case temporal
        /// A value of any type, as it is.
        case any
    }

    /// The type of the result.
    public enum Result: Sendable, Equatable {
        /// This type, whatever the arguments are.
        case always(ValueType)
        /// integer if all arguments are integer; float if one is float and none double; otherwise double.
        case promoted
        /// As ``promoted``, but double where that gives integer.
        case fractional
        /// The type that the chosen arguments have in common.
        case common
    }

    /// What a missing argument does.
    public enum MissingPolicy: String, Sendable {
        /// The result is missing.
        case propagates
        /// Missing arguments are left out; the result is missing if all are.
        case ignores
        /// The function says itself what it means; see its meaning.
        case handled
    }

    public let name: String
    public let parameters: [Argument]
    /// How many arguments it takes, the last parameter repeated; nil: as many as it has parameters.
    public let variadic: ClosedRange<Int>?
    public let result: Result
    public let missing: MissingPolicy
    /// One line on what it computes.
    public let meaning: String
    /// Whether arguments exist for which it has no value, so that `invalidValueTreatment` matters.
    public let canBeInvalid: Bool
    /// Whether float results are rounded to binary32 within the operation.
    public let roundsToFloat: Bool
    /// The operation's name in native files; nil for functions that are lowered in a way of their own.
    public let operation: String?

    public init(
        _ name: String, _ parameters: [Argument], variadic: ClosedRange<Int>? = nil, _ result: Result,
        missing: MissingPolicy = .propagates, canBeInvalid: Bool = false, roundsToFloat: Bool = false,
        operation: String?, _ meaning: String
    ) {
        self.name = name
        self.parameters = parameters
        self.variadic = variadic
        self.result = result
        self.missing = missing
        self.canBeInvalid = canBeInvalid
        self.roundsToFloat = roundsToFloat
        self.operation = operation
        self.meaning = meaning
    }

    /// The numbers of arguments that it accepts.
    public var argumentCounts: ClosedRange<Int> { variadic ?? parameters.count...parameters.count }

    /// The parameter at a position, the last one repeated.
    public func parameter(_ index: Int) -> Argument { parameters.isEmpty ? .any : parameters[min(index, parameters.count - 1)] }
}

/// The built-in functions of this version.
public enum Builtins {
    /// In the order of the standard's page, vendor functions last.
    public static let all: [Builtin] =
        arithmetic + aggregates + mathematics + tests + comparisons + logic + membership + conditional + texts + patterns
        + formats + temporal + distributions + trigonometry

    private static let byName: [String: Builtin] = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

    public static func named(_ name: String) -> Builtin? { byName[name] }
}

/// What an operation does where it has no value: `invalidValueTreatment` of Apply.
///
/// https://dmg.org/pmml/v4-4-1/Functions.html#xsdElement_Apply
public enum InvalidTreatment: Int, Sendable {
    /// The row fails if the value reaches a result.
    case returnInvalid = 0
    /// The value is what IEEE 754 arithmetic makes it.
    case asIs = 1
    /// The value is missing.
    case asMissing = 2
}

extension OperandReader {
    mutating func treatment() throws(FormatError) -> InvalidTreatment {
        InvalidTreatment(rawValue: try int(in: 0...2)) ?? .returnInvalid
    }
}

extension Frame {
    /// Gives a cell that a function has no value for the status that the treatment says.
    func reject(_ row: Int, _ status: UnsafeMutablePointer<UInt8>, _ treatment: InvalidTreatment, _ function: String, _ arguments: String) {
        switch treatment {
        case .asIs: break
        case .asMissing: status[row] |= CellStatus.missing
        case .returnInvalid:
            status[row] |= CellStatus.failed
            note(row: row, RowFailure(
                id: "invalid-result", value: arguments,
                message: "function \"\(function)\" has no value for \(arguments); expected arguments in its domain"))
        }
    }
}
