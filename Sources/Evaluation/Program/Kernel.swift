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

/// A kernel of a loaded program, by reference.
class BoundKernel: @unchecked Sendable {
    /// It does more than fill registers, so it runs whenever its block does.
    var hasEffect: Bool { false }
    func run(_ frame: Frame) {}
}

private final class BoundKernelOf<K: Kernel>: BoundKernel, @unchecked Sendable {
    private let kernel: K
    init(_ kernel: K) { self.kernel = kernel }
    override var hasEffect: Bool { K.self is any EffectKernel.Type }
    override func run(_ frame: Frame) { kernel.run(frame) }
}

/// A kernel's entry in the set of operations.
struct KernelEntry: Sendable {
    let name: String
    /// The kernel's type, for docs/operations.md.
    let typeName: String
    let make: @Sendable (inout OperandReader) throws(FormatError) -> BoundKernel

    init<K: Kernel>(_ type: K.Type) {
        name = K.name
        typeName = "\(type)"
        make = { (reader: inout OperandReader) throws(FormatError) -> BoundKernel in BoundKernelOf(try K(from: &reader)) }
    }
}
