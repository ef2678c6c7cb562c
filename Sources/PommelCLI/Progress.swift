/// A line on the terminal about work that lasts longer than a second: rows, rows per second, time left.
struct Progress {
    private let start = Clock.now()
    private var lastShown = 0
    private var isShown = false
    private let isWanted: Bool
    private let input: InputFile

    /// - Parameter isWanted: false keeps it silent, as does a standard error that is no terminal.
    init(_ input: InputFile, isWanted: Bool) {
        self.input = input
        self.isWanted = isWanted && Console.isTerminal(2)
    }

    mutating func show(rows: Int) {
        guard isWanted else { return }
        let now = Clock.now()
        let elapsed = Double(now &- start) / 1e9
        guard elapsed > 1, now &- lastShown > 250_000_000 else { return }
        lastShown = now
        isShown = true
        var line = "\(rows) rows, \(Int(Double(rows) / elapsed)) rows/s"
        if let portion = input.portion, portion > 0 { line += ", \(Self.duration(elapsed / portion - elapsed)) left" }
        Console.raw("\r\(line)\u{1b}[K")
    }

    /// Wipes the line, so that something else can be printed.
    mutating func clear() {
        guard isShown else { return }
        isShown = false
        Console.raw("\r\u{1b}[K")
    }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(min(max(seconds, 0), 359_999))
        let rest = whole % 60
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(rest < 10 ? "0" : "")\(rest) s"
    }
}
