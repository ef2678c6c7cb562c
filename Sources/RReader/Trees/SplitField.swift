/// A variable as a tree's arrays know it: a number, or the code of a level.
struct SplitField: Sendable {
    let field: String
    /// The field's values in the order of their codes; nil for a number.
    let values: [String]?
    /// The code of the first value.
    let firstCode: Int

    init(field: String, values: [String]? = nil, firstCode: Int = 1) {
        self.field = field
        self.values = values
        self.firstCode = firstCode
    }

    /// R's codes of a variable: 1, 2, … for a factor, 0 and 1 for a logical.
    init(_ variable: Variable, at place: RValue) throws(RReadError) {
        switch variable.kind {
        case .numbers(let columns):
            guard columns.count == 1 else { throw place.unsupportedTerm("\(variable.name) has several columns, which a tree cannot split on") }
            self.init(field: columns[0].field)
        case .categorical(let found): self.init(field: found.field, values: found.values, firstCode: found.isLogical ? 0 : 1)
        }
    }

    /// code ≤ threshold goes to the left.
    func lessOrEqual(_ threshold: Double) -> TreeBuilder.Split {
        guard let values else { return .lessOrEqual(field, threshold) }
        let left = values.indices.filter { Double($0 + firstCode) <= threshold }.map { values[$0] }
        return .values(field, left: left, right: values.filter { !left.contains($0) })
    }

    /// code < threshold goes to the left.
    func lessThan(_ threshold: Double) -> TreeBuilder.Split {
        guard let values else { return .lessThan(field, threshold) }
        let left = values.indices.filter { Double($0 + firstCode) < threshold }.map { values[$0] }
        return .values(field, left: left, right: values.filter { !left.contains($0) })
    }

    /// Levels whose bit is set, the first level's being the lowest, go to the left.
    func bits(_ mask: UInt64) -> TreeBuilder.Split {
        let all = values ?? []
        let left = all.indices.filter { $0 < 64 && mask >> UInt64($0) & 1 == 1 }.map { all[$0] }
        return .values(field, left: left, right: all.filter { !left.contains($0) })
    }
}
