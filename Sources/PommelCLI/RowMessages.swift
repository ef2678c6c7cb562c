import Evaluation
import Pommel
import Tabular

/// What is said about rows that failed: the first ten on standard error and then a count, all of them in a file if one is asked for.
struct RowMessages: ~Copyable {
    private let input: String
    private let isQuiet: Bool
    private let file: OutputFile?
    private var lines = ByteWriter(capacity: 1 << 16)
    private(set) var count = 0
    private var failure: PommelError?
    private static let mostShown = 10

    /// - Parameter errors: the path of a file for all messages, as JSON lines.
    init(input: String, errors: String?, isQuiet: Bool) throws(CommandFailure) {
        self.input = input
        self.isQuiet = isQuiet
        guard let errors else {
            file = nil
            return
        }
        file = try writing { () throws(PommelError) in try OutputFile(path: errors) }
    }

    /// Takes a row's message; the progress line makes room for it.
    mutating func add(_ error: DataError, _ progress: inout Progress) {
        count += 1
        let told = PommelError(error, file: input)
        if !isQuiet && count <= Self.mostShown {
            progress.clear()
            Console.note(told.description)
        }
        guard file != nil else { return }
        let place = told.place
        lines.append(
            JSON.members([
                "input": .string(input), "line": place.line.map(JSON.int), "field": place.field.map(JSON.string),
                "value": place.value.map(JSON.string), "message": .string(error.message), "id": .string(error.id),
            ]).printed())
        lines.append(10)
        if lines.count > 1 << 16 { flush() }
    }

    /// Prints the count, and gives the file its name.
    mutating func finish() throws(CommandFailure) {
        if !isQuiet && count > Self.mostShown {
            Console.note("\(input): \(count) rows failed; the first \(Self.mostShown) are listed")
        }
        flush()
        if let failure { throw .unwritable(failure) }
        if let file { try writing { () throws(PommelError) in try file.commit() } }
    }

    private mutating func flush() {
        guard let file, failure == nil else { return }
        do throws(PommelError) {
            try lines.withBytes { bytes throws(PommelError) in try file.write(UnsafeRawBufferPointer(bytes)) }
        } catch {
            failure = error
        }
        lines.removeAll()
    }
}
