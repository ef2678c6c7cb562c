import ModelTree

/// Choice models of apollo: multinomial and nested logit (`apollo_mnl`, `apollo_nl`).
///
/// The probability of an alternative is that of its nest among the nests, times its own within the nest, where utilities are divided by the
/// nest's parameter λ and a nest's utility is λ · log Σ exp(utility / λ).
enum ApolloReader: ClassReader {
    static let classes = ["apollo"]

    static func model(_ object: RValue, _ builder: DocumentBuilder) throws(RReadError) -> Model {
        let control = object.optional("apollo_control")
        if let mixing = control?.optional("mixing"), try mixing.bool() { throw object.unsupported("an apollo model with mixing is not supported") }
        let estimates = try object.component("estimate")
        let numbers = try estimates.doubles()
        guard let names = estimates.names, names.count == numbers.count else { throw estimates.inconsistent("\(estimates.path) has no names") }
        let function = try object.component("apollo_probabilities")
        guard case .closure(_, let code, _) = function.object.kind else { throw function.wrongType("a function") }
        var body = code
        if case .byteCode(let source) = body.kind { body = source }
        let frame = ModelFrame(of: function, classes: [:], fields: builder.fields)
        let program = try ApolloProgram(RValue(body, path: function.path, in: function.file), estimates: Array(zip(names, numbers)), frame: frame)
        let choice = try ChoiceTree(program, builder, at: function)
        builder.setTarget(program.choice, classes: choice.alternatives)
        let tables = zip(choice.alternatives, choice.shares).map {
            RegressionTable(intercept: 0, targetCategory: $0, numericPredictors: [.init(field: $1, coefficient: 1)])
        }
        return builder.regression(tables, .simplemax, .classification, target: builder.target, output: Outputs.probabilities(choice.alternatives))
    }
}

/// Alternatives in their nests.
private struct ChoiceTree {
    let alternatives: [String]
    /// The field of each alternative's probability.
    private(set) var shares: [String] = []
    private let utilities: ApolloProgram.Value
    private let availability: ApolloProgram.Value?
    private let nests: ApolloProgram.Value?
    private let structure: ApolloProgram.Value?
    private let builder: DocumentBuilder
    private let origin: RValue
    private var visited: Set<String> = []
    /// The share of each alternative and nest in its nest.
    private var parts: [String: Expression] = [:]
    private var parents: [String: String] = [:]

    init(_ program: ApolloProgram, _ builder: DocumentBuilder, at origin: RValue) throws(RReadError) {
        let isNested: Bool
        switch program.function {
        case "apollo_mnl"?: isNested = false
        case "apollo_nl"?: isNested = true
        case let other: throw origin.unsupported("a choice model by \(other ?? "no function of apollo") is not supported")
        }
        let settings = program.settings
        guard case .codes(let codes)? = settings["alternatives"], codes.count >= 2, let utilities = settings["utilities"] ?? settings["V"] else {
            throw origin.inconsistent("the settings of the choice model have no alternatives or utilities")
        }
        alternatives = codes.map(\.name)
        (self.utilities, availability) = (utilities, settings["avail"])
        (nests, structure) = isNested ? (settings["nlNests"], settings["nlStructure"]) : (nil, nil)
        (self.builder, self.origin) = (builder, origin)
        _ = try branch("root", isNested ? try children("root") : alternatives)
        for alternative in alternatives {
            guard var share = parts[alternative] else { throw origin.inconsistent("the alternative \(alternative) is in no nest") }
            var parent = parents[alternative]
            while let nest = parent, nest != "root", let part = parts[nest] {
                share = share * part
                parent = parents[nest]
            }
            let present = try isAvailable(alternative).map { .call("if", $0, share, .number(0)) } ?? share
            shares.append(builder.fields.number("share of \(alternative)", present))
        }
    }

    private func children(_ nest: String) throws(RReadError) -> [String] {
        guard case .texts(let names)? = structure?[nest] else { throw origin.inconsistent("the nest \(nest) has no members") }
        return names
    }

    /// nil: always.
    private func isAvailable(_ alternative: String) throws(RReadError) -> Expression? {
        guard let availability, case .number(let number)? = availability[alternative] else { return nil }
        if let constant = number.constantNumber, constant != 0 { return nil }
        return .call("notEqual", number, .number(0))
    }

    /// Works out the shares within a nest, and its own utility.
    private mutating func branch(_ nest: String, _ members: [String]) throws(RReadError) -> (utility: Expression, present: Expression?) {
        guard visited.insert(nest).inserted, !members.isEmpty else { throw origin.inconsistent("the nest \(nest) is in itself, or empty") }
        if visited.count > 500 { throw origin.unsupported("a choice model of more than 500 nests is not supported") }
        var lambda = Expression.number(1)
        if let found = nests?[nest] {
            guard case .number(let number) = found else { throw origin.inconsistent("the parameter of the nest \(nest) is no number") }
            lambda = number
        }
        var scaled: [(name: String, value: Expression, present: Expression?)] = []
        for member in members {
            let inner: (utility: Expression, present: Expression?)
            if structure?[member] != nil { inner = try branch(member, try children(member)) } else {
                guard alternatives.contains(member), case .number(let utility)? = utilities[member] else {
                    throw origin.inconsistent("the alternative \(member) has no utility")
                }
                inner = (utility, try isAvailable(member))
            }
            guard parents.updateValue(nest, forKey: member) == nil else { throw origin.inconsistent("\(member) is in several nests") }
            scaled.append((member, .field(builder.fields.number("\(member) in \(nest)", inner.utility / lambda)), inner.present))
        }
        // Exponents are counted from the highest, so that none is too large; max leaves out what is not available.
        let present = scaled.map { member in member.present.map { .call("if", [$0, member.value]) } ?? member.value }
        let highest = Expression.field(builder.fields.number("highest in \(nest)", .call("max", present)))
        var powers: [Expression] = []
        for member in scaled {
            let power = Expression.call("exp", member.value - highest)
            powers.append(.field(builder.fields.number("power of \(member.name)", member.present.map { .call("if", $0, power, .number(0)) } ?? power)))
        }
        let sum = Expression.field(builder.fields.number("sum of \(nest)", powers.dropFirst().reduce(powers[0]) { $0 + $1 }))
        for (member, power) in zip(members, powers) { parts[member] = power / sum }
        let conditions = scaled.map(\.present)
        var isPresent: Expression?
        if !conditions.contains(where: { $0 == nil }) {
            let all = conditions.compactMap { $0 }
            isPresent = all.dropFirst().reduce(all[0]) { .call("or", $0, $1) }
        }
        return (.field(builder.fields.number("utility of \(nest)", lambda * (highest + .call("ln", sum)))), isPresent)
    }
}
