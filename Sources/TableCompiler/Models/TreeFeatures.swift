// https://dmg.org/pmml/v4-4-1/TreeModel.html#predicates

import Evaluation
import ModelTree

/// The columns that a set of trees tests, each a number: fields as they are, texts and sets as positions in a list,
/// compound predicates as truth values.
final class TreeFeatures {
    /// A test on a feature, and whether the predicate is true when the test fails.
    struct Test {
        var feature: Int
        var test: FlatNode.Test
        var threshold: Double
        var isNegated: Bool

        init(feature: Int, test: FlatNode.Test, threshold: Double, isNegated: Bool) {
            self.feature = feature
            self.test = test
            self.threshold = threshold
            self.isNegated = isNegated
        }

        /// A comparison with a number.
        init(_ kind: TreeNodes.PredicateKind, feature: Int, _ number: Double) {
            switch kind {
            case .lessOrEqual: self.init(feature: feature, test: .lessOrEqual, threshold: number, isNegated: false)
            case .lessThan: self.init(feature: feature, test: .lessOrEqual, threshold: number.nextDown, isNegated: false)
            case .greaterThan: self.init(feature: feature, test: .lessOrEqual, threshold: number, isNegated: true)
            case .greaterOrEqual: self.init(feature: feature, test: .lessOrEqual, threshold: number.nextDown, isNegated: true)
            case .notEqual: self.init(feature: feature, test: .equal, threshold: number, isNegated: true)
            default: self.init(feature: feature, test: .equal, threshold: number, isNegated: false)
            }
        }
    }

    private(set) var registers: [Register] = []
    /// Registers whose columns hold only binary32 numbers.
    private var binary32: Set<Register> = []
    private var numbers: [Register: Int] = [:]
    /// Positions are columns of their own: (field's register) → feature, and what is listed so far.
    private var textLists: [Register: Int] = [:]
    private var pending: [Int: Pending] = [:]
    private let compiler: Compiler
    private(set) var sets: [Int32] = []
    /// Where the words of a set of positions are.
    private var knownSets: [[Int]: Int] = [:]
    /// So many words of sets are as much memory as a model's trees may ask for: each set has a bit for every text that is known before it.
    private static let mostSetWords = 64_000_000

    private struct Pending {
        var source: Register
        var texts: [String] = []
        var textPositions: [ExactText: Int] = [:]
        var values: [Double] = []
        var valuePositions: [UInt64: Int] = [:]
    }

    init(_ compiler: Compiler) { self.compiler = compiler }

    /// The feature of a number register.
    func feature(_ register: Register) -> Int {
        if let known = numbers[register] { return known }
        registers.append(register)
        numbers[register] = registers.count - 1
        return registers.count - 1
    }

    /// The position of a text among those compared with the field, as a feature and a number.
    func position(of text: String, in field: Register) -> (feature: Int, position: Int) {
        let feature = listFeature(field)
        if let known = pending[feature]?.textPositions[ExactText(text)] { return (feature, known) }
        let position = pending[feature]?.texts.count ?? 0
        pending[feature]?.texts.append(text)
        pending[feature]?.textPositions[ExactText(text)] = position
        return (feature, position)
    }

    /// The position of a number among those in sets over the field.
    func position(of value: Double, in field: Register) -> (feature: Int, position: Int) {
        let feature = listFeature(field)
        if let known = pending[feature]?.valuePositions[value.bitPattern] { return (feature, known) }
        let position = pending[feature]?.values.count ?? 0
        pending[feature]?.values.append(value)
        pending[feature]?.valuePositions[value.bitPattern] = position
        return (feature, position)
    }

    private func listFeature(_ field: Register) -> Int {
        if let known = textLists[field] { return known }
        // The register is put in when all values are known.
        registers.append(field)
        let feature = registers.count - 1
        textLists[field] = feature
        pending[feature] = Pending(source: field)
        return feature
    }

    /// Index of the words of a set of positions; equal sets are stored once. Nil if all sets together are too large.
    func set(of positions: [Int]) -> Int? {
        let key = Set(positions).sorted()
        if let known = knownSets[key] { return known }
        let words = (key.last ?? 0) / 64 + 1
        let index = sets.count
        if index + words * 2 > Self.mostSetWords { return nil }
        sets.append(Int32(truncatingIfNeeded: words))
        sets.append(contentsOf: repeatElement(0, count: words * 2))
        for position in key { sets[index + 1 + position >> 5] |= Int32(bitPattern: 1 << UInt32(position & 31)) }
        knownSets[key] = index
        return index
    }

    /// Notes what is known of a register's values.
    func note(_ value: TypedValue) { if value.type == .float { binary32.insert(value.register) } }

    /// The features' registers, with the list columns made.
    func finish() -> TreeInputs {
        let narrow = registers.map(binary32.contains)
        for (feature, list) in pending.sorted(by: { $0.key < $1.key }) {
            registers[feature] = list.source.kind == .text
                ? compiler.builder.index(of: list.source, in: list.texts)
                : compiler.builder.index(of: list.source, in: list.values)
        }
        pending = [:]
        // Positions in lists are small whole numbers.
        return TreeInputs(registers: registers, binary32: zip(narrow, registers).map { $0 && binary32.contains($1) })
    }

    /// The test that decides a set predicate; nil if it has to be computed as a condition of its own.
    func test(_ predicate: SimpleSetPredicate, _ value: TypedValue) throws(CompileError) -> Test {
        var positions: [Int] = []
        var feature = listFeature(value.register)
        for text in predicate.values {
            if value.isText {
                let found = position(of: text, in: value.register)
                feature = found.feature
                positions.append(found.position)
            } else {
                let number = compiler.literalNumber(text, value, at: predicate.location)
                if number.isNaN { continue }
                let found = position(of: number, in: value.register)
                feature = found.feature
                positions.append(found.position)
            }
        }
        guard let set = set(of: positions) else {
            throw CompileError("size-limit", "the sets of values that the trees test are too large together", at: predicate.location)
        }
        return Test(feature: feature, test: .isIn, threshold: Double(set), isNegated: !predicate.isIn)
    }

    /// The test of a condition computed as a column: true is 1.
    func test(condition: Register) -> Test { Test(feature: feature(condition), test: .equal, threshold: 1, isNegated: false) }

    /// The test that decides a comparison of `value` with the text `literal`; nil for an order among texts or ordinal values.
    func test(_ kind: TreeNodes.PredicateKind, _ value: TypedValue, _ literal: String, at location: SourceLocation) throws(CompileError) -> Test? {
        if kind == .isMissing || kind == .isNotMissing {
            let column = value.isText ? listFeature(value.register) : feature(value.register)
            return Test(feature: column, test: .isMissing, threshold: 0, isNegated: kind == .isNotMissing)
        }
        if value.order != nil || value.isText {
            guard kind == .equal || kind == .notEqual else { return nil }
            guard value.isText else { return try numberTest(kind, value, literal, at: location) }
            let (feature, position) = position(of: literal, in: value.register)
            return Test(feature: feature, test: .equal, threshold: Double(position), isNegated: kind == .notEqual)
        }
        return try numberTest(kind, value, literal, at: location)
    }

    private func numberTest(_ kind: TreeNodes.PredicateKind, _ value: TypedValue, _ literal: String, at location: SourceLocation) throws(CompileError) -> Test {
        guard let number = compiler.readLiteral(literal, as: value.type, at: location), !number.isNaN else {
            throw CompileError.notANumber(literal, what: "predicate value", at: location)
        }
        return numberTest(kind, value.register, number)
    }

    /// The test that compares a number register with a number.
    func numberTest(_ kind: TreeNodes.PredicateKind, _ register: Register, _ number: Double) -> Test {
        Test(kind, feature: feature(register), number)
    }
}
