/// Finds the levels of factors in the names of a model matrix's columns, where the object keeps the formula and not the levels.
///
/// The columns stand in the order of the formula's terms. Those of one factor alone end in its levels; those of interactions follow from them and
/// are never taken apart. What the names leave open is refused.
struct ColumnLevels {
    private enum Width: Equatable {
        case known(Int)
        /// Of a factor: how many columns it has where the names tell the levels.
        case factor
    }
    private let frame: ModelFrame
    private let names: [String]
    private var patterns: [[Int32]] = []
    private var usedVariables: [[Int]] = []
    private var widths: [Width] = []
    /// The levels of factors that are known without the columns.
    private var ownLevels: [Int: Int] = [:]
    private var steps = 0
    /// The first columns of factors, and how many there are, for each way to read the names.
    private var readings: [[Int: Found]] = []
    private struct Found: Equatable {
        var first: Int
        var count: Int
        var isFull: Bool
        var levels: Int { isFull ? count : count + 1 }
    }

    /// Tells a frame the levels of its factors.
    ///
    /// - Parameter isIndicator: whether a column holds no more than two values, as those of treatment contrasts do.
    static func tell(_ frame: ModelFrame, _ names: [String]?, isIndicator: (Int) -> Bool) throws(RReadError) {
        let classes = (0..<frame.variableCount).filter { $0 != frame.responseIndex }.compactMap { frame.dataClass(of: frame.names[$0]) }
        guard classes.contains(where: { ["factor", "ordered", "character"].contains($0) }) else { return }
        var search = ColumnLevels(frame, names ?? [])
        try search.prepare()
        if !search.widths.contains(.factor) { return }
        guard names != nil else { throw search.unknown("the columns have no names that would tell the factors' levels") }
        try search.read(0, at: 0, [:])
        guard let reading = search.readings.first else { throw frame.terms.inconsistent("the columns are not those of the formula's terms") }
        guard search.readings.count == 1 else { throw search.unknown("the names of the columns do not tell where the levels of one factor end") }
        for (index, found) in reading.sorted(by: { $0.key < $1.key }) { try search.state(index, found, isIndicator) }
    }

    private init(_ frame: ModelFrame, _ names: [String]) {
        self.frame = frame
        self.names = names
    }

    /// What the names do not tell may be added to the object.
    private func unknown(_ message: String) -> RReadError {
        let (levels, terms) = frame.terms.path.hasSuffix("@terms") ? ("attr(fit, \"xlevels\")", "attr(fit, \"terms\")") : ("fit$xlevels", "fit$terms")
        return frame.terms.unsupported(message + ": set \(levels) <- .getXlevels(\(terms), model.frame(\(terms), data)) before it is saved")
    }

    // MARK: terms

    private mutating func prepare() throws(RReadError) {
        patterns = try Design.patterns(frame)
        usedVariables = patterns.map { pattern in pattern.indices.filter { pattern[$0] > 0 && $0 != frame.responseIndex } }
        let appearing = Set(usedVariables.joined())
        for index in 0..<frame.variableCount {
            widths.append(appearing.contains(index) ? try width(index) : .known(0))
        }
        guard try frame.terms.attribute("intercept")?.integer() ?? 1 == 0 else { return }
        for term in patterns.indices {
            for index in usedVariables[term] where widths[index] == .factor || ownLevels[index] != nil {
                patterns[term][index] = 2
                return
            }
        }
    }

    private mutating func width(_ index: Int) throws(RReadError) -> Width {
        let name = frame.names[index]
        switch frame.dataClass(of: name) ?? "numeric" {
        case "logical":
            ownLevels[index] = 2
            return .known(1)
        case "factor", "ordered", "character":
            if frame.statedLevels(name) == nil {
                guard let call = Call(frame.expression(index)) else { return .factor }
                let takesLevels = ["factor", "as.factor", "ordered", "as.ordered", "as.character", "droplevels", "relevel", "C"].contains(call.function)
                if takesLevels, !call.arguments.contains(where: { $0.name == "levels" || $0.name == "labels" }) { return .factor }
            }
            guard let found = try frame.variable(index).categorical else { throw frame.terms.inconsistent("the variable \(name) is no factor") }
            ownLevels[index] = found.levels.count
            return .known(max(0, found.levels.count - 1))
        case let matrix where matrix.hasPrefix("nmatrix."): return .known(Int(matrix.dropFirst("nmatrix.".count)) ?? 1)
        default: return .known(1)
        }
    }

    // MARK: reading the names

    private mutating func read(_ term: Int, at position: Int, _ found: [Int: Found]) throws(RReadError) {
        if readings.count > 1 { return }
        var position = position
        for term in term..<patterns.count {
            let used = usedVariables[term]
            if used.count == 1, let index = used.first, widths[index] == .factor, found[index] == nil {
                return try read(factor: index, isFull: patterns[term][index] == 2, before: term + 1, at: position, found)
            }
            guard let size = try size(term, found), size <= names.count - position else { return }
            // A column begins with the first variable's name.
            if let first = used.first { for column in position..<position + size where suffix(names[column], first) == nil { return } }
            position += size
        }
        if position == names.count { readings.append(found) }
    }

    /// Tries each number of columns that begin with the factor's name.
    private mutating func read(factor index: Int, isFull: Bool, before term: Int, at position: Int, _ found: [Int: Found]) throws(RReadError) {
        steps += 1
        if steps > 10_000 || found.count > 500 { throw unknown("the names of the columns do not tell where the levels of one factor end") }
        for column in position..<max(position, names.count) {
            if suffix(names[column], index) == nil { return }
            var more = found
            more[index] = Found(first: position, count: column - position + 1, isFull: isFull)
            try read(term, at: column + 1, more)
        }
    }

    /// How many columns a term has; nil for more than there can be.
    private func size(_ term: Int, _ found: [Int: Found]) throws(RReadError) -> Int? {
        var size = 1
        for index in usedVariables[term] {
            let isFull = patterns[term][index] == 2
            let own: Int
            switch widths[index] {
            case .known(let columns): own = ownLevels[index].map { isFull ? $0 : $0 - 1 } ?? columns
            case .factor:
                guard let levels = found[index]?.levels else {
                    throw unknown("the levels of \(frame.names[index]), which stands in interactions before it stands alone, are not kept")
                }
                own = isFull ? levels : levels - 1
            }
            let (product, isOver) = size.multipliedReportingOverflow(by: max(0, own))
            if isOver || product > names.count { return nil }
            size = product
        }
        return size
    }

    /// What follows a variable's name in the name of a column.
    private func suffix(_ column: String, _ index: Int) -> String? {
        for name in [frame.names[index], SyntacticName.make(frame.names[index])] where column.hasPrefix(name) { return String(column.dropFirst(name.count)) }
        return nil
    }

    // MARK: what has been found

    private func state(_ index: Int, _ found: Found, _ isIndicator: (Int) -> Bool) throws(RReadError) {
        let name = frame.names[index]
        let columns = found.first..<found.first + found.count
        let levels = columns.compactMap { suffix(names[$0], index) }
        let isOrdered = frame.dataClass(of: name) == "ordered"
        if isOrdered, !found.isFull {
            let powers = levels.indices.map { $0 < 3 ? [".L", ".Q", ".C"][$0] : ".\($0 + 1)" }
            if levels.map(SyntacticName.inside) == powers { throw unknown("the levels of the ordered factor \(name) are not kept") }
            frame.state(class: "factor", of: name)
        }
        guard columns.allSatisfy(isIndicator) else {
            throw frame.terms.unsupported("the contrasts of \(name) are not those of contr.treatment, and the object does not keep them")
        }
        // Without a sign that no name may have, the names may have been made.
        let isExact = names.contains { SyntacticName.make($0) != $0 }
        let isCall = Call(frame.expression(index)) != nil
        if levels.allSatisfy({ $0 == "TRUE" || $0 == "FALSE" }), isCall { return frame.state(levels: ["FALSE", "TRUE"], of: name) }
        let areNumbers = isCall && levels.allSatisfy(ToldLevels.isNumber)
        let areNames = !isExact && !areNumbers && levels.contains { $0.contains(".") }
        if areNames, !found.isFull || Set(levels).contains(where: { Set(levels).contains($0 + ".1") }) {
            let level = levels.first { $0.contains(".") } ?? ""
            throw unknown("the level \(level) of \(name) may have had other signs where the column's name has points, and the levels are not kept")
        }
        if found.isFull, !areNames, !areNumbers, !isCall { return frame.state(levels: levels, of: name) }
        frame.state(told: ToldLevels(columns: levels, hasOther: !found.isFull, areNames: areNames, areNumbers: areNumbers), of: name)
    }
}
