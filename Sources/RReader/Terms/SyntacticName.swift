/// A text as [make.names](https://stat.ethz.ch/R-manual/R-devel/library/base/html/make.names.html) makes a name of it.
///
/// Scaling makes such names of a model matrix's columns: `Originnon-USA` becomes `Originnon.USA`, and `log(wt)` becomes `log.wt.`.
enum SyntacticName {
    static func make(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        func isDigit(_ index: Int) -> Bool { index < scalars.count && ("0"..."9").contains(scalars[index]) }
        let isName = scalars.first.map { $0.properties.isAlphabetic || ($0 == "." && !isDigit(1)) } ?? false
        return (isName ? "" : "X") + inside(text)
    }

    /// What stands in a name after its first letter.
    static func inside(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "." || $0 == "_" ? Character($0) : "." })
    }

    /// Whether a column that has been given a name goes by it: as it is, or made a name.
    static func matches(_ name: String, _ column: String) -> Bool { name == column || name == make(column) }
}
