/// A loaded, verified set of evaluation tables: immutable, and shared by any number of threads.
public final class Program: Sendable {
    public let schema: Schema
    let image: ProgramImage
    let pools: Pools
    let registerKinds: [RegisterKind]
    let constants: [ConstantCell]
    let steps: [Step]

    /// A register whose cells never change.
    struct ConstantCell: Sendable {
        let register: Int32
        let number: Double
        let code: Int32
        let isMissing: Bool
    }

    /// A unit of execution.
    struct Step: Sendable {
        enum Action: Sendable {
            case kernel(BoundKernel)
            /// The steps up to `end` run only if `guarded` is true for some row.
            case block(guarded: Int32, end: Int)
        }
        var action: Action
        var reads: [Int32]
        var writes: [Int32]
        /// It does more than fill registers, so it runs whenever its block does.
        var hasEffect: Bool
    }

    /// Verifies an image and binds its instructions.
    ///
    /// - Throws: ``FormatError`` with the section and the word at which the image is wrong.
    public convenience init(bytes: [UInt8]) throws(FormatError) {
        try self.init(image: try ProgramImage(bytes: bytes))
    }

    /// As above, for an image that has been read.
    public init(image: ProgramImage) throws(FormatError) {
        self.image = image
        pools = try image.pools()
        let registers = try image.slab("registers", as: Int32.self)
        var kinds: [RegisterKind] = []
        kinds.reserveCapacity(registers.count)
        for index in 0..<registers.count {
            guard let kind = RegisterKind(rawValue: UInt8(truncatingIfNeeded: registers[index])), registers[index] < 256 else {
                throw FormatError(id: "register-kind", message: "unknown register kind \(registers[index])", section: "registers", offset: index)
            }
            kinds.append(kind)
        }
        registerKinds = kinds
        var defined = [Bool](repeating: false, count: kinds.count)
        schema = try SchemaCoding.read(image: image, pools: pools, kinds: kinds, defined: &defined)
        constants = try ProgramLoader.constants(image: image, pools: pools, kinds: kinds, defined: &defined)
        steps = try ProgramLoader.steps(image: image, pools: pools, kinds: kinds, defined: defined, results: schema.results)
    }

    /// The document that the model was compiled from, as a gzip file; nil when the file has none.
    public func source() throws(FormatError) -> UnsafeRawBufferPointer? { try image.source() }

    /// The native file's bytes with the document that the model was compiled from, piece by piece in their order.
    ///
    /// - Parameter source: a gzip file.
    public func writing<Failure: Error>(
        source: [UInt8], to write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        defer { withExtendedLifetime(image) {} }
        try image.writing(source: source, to: write)
    }

    /// The native file's bytes.
    public var bytes: UnsafeRawBufferPointer { image.bytes }
}
