/// One operation of the evaluation tables with its operands bound: what an instruction becomes when a program is loaded.
///
/// A kernel runs over the first `frame.count` rows of its input registers and fills its output registers, values and
/// status both, for every one of them. It is immutable and shared between threads; what it needs for itself lies in the frame.
public protocol Kernel: Sendable {
    /// The operation's name in the native file.
    static var name: String { get }
    /// Reads the operands in the order in which they were written, outputs first, and checks them.
    init(from reader: inout OperandReader) throws(FormatError)
    func run(_ frame: Frame)
}

/// A kernel's entry in the set of operations.
struct KernelEntry: Sendable {
    let name: String
    /// The kernel's type, for docs/operations.md.
    let typeName: String
    let make: @Sendable (inout OperandReader) throws(FormatError) -> any Kernel

    init<K: Kernel>(_ type: K.Type) {
        name = K.name
        typeName = "\(type)"
        make = { (reader: inout OperandReader) throws(FormatError) -> any Kernel in try K(from: &reader) }
    }
}
