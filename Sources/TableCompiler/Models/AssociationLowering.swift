// https://dmg.org/pmml/v4-4-1/AssociationRules.html

import Evaluation
import ModelTree

extension Compiler {
    /// A row is one transaction. Its items are the elements of the active field's list, or, where there is no group field and
    /// there are several active fields (or items that name theirs), the fields' own values.
    func lowerAssociation(_ association: AssociationModel, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let places = try ItemPlaces(association.items, association.itemsets, context)
        let sources = try itemSources(places, context)
        var table = RuleTable()
        table.itemCount = places.items.count
        table.itemsets = places.itemsets
        var rules: [RuleResult.Rule] = []
        let values = places.itemsets.indices.map(places.values)
        try refuseLarge(association.rules.reduce(0) { $0 + places.size(of: $1.antecedent) + places.size(of: $1.consequent) }, "items", context)
        for (index, rule) in association.rules.enumerated() {
            let antecedent = try places.itemset(rule.antecedent, at: rule.location)
            let consequent = try places.itemset(rule.consequent, at: rule.location)
            table.antecedents.append(antecedent)
            table.consequents.append(consequent)
            var told = RuleResult.Rule(
                id: rule.id ?? String(index + 1), antecedent: values[antecedent], consequent: values[consequent],
                support: rule.support, confidence: rule.confidence, lift: rule.lift, leverage: rule.leverage, affinity: rule.affinity)
            told.complete(antecedent: association.itemsets[antecedent].support, consequent: association.itemsets[consequent].support)
            rules.append(told)
        }
        let result = RuleResult(rules: rules, itemType: places.itemType, inputs: sources.map(\.register)) { [builder] inputs, selection, order in
            let bound = zip(sources, inputs).map { source, register in
                var copy = source
                copy.register = register
                return copy
            }
            return builder.firedRules(table, bound, selection, order: order)
        }
        return try ruleResult(result, context)
    }

    /// Refuses rules that share long sets: each tells of its own items.
    func refuseLarge(_ count: Int, _ things: String, _ context: ModelContext) throws(CompileError) {
        if count > 25_000_000 { throw CompileError("size-limit", "the rules tell of \(count) \(things), more than 25 million", at: context.model.location) }
    }

    /// Without an Output, the prediction is what an OutputField without further attributes shows: the consequent of the rule with
    /// the highest confidence that tells the transaction something new.
    func ruleResult(_ rules: RuleResult, _ context: ModelContext) throws(CompileError) -> ModelResult {
        let value = try lowerRuleOutput(.consequent, OutputField(name: ""), rules)
        var result = ModelResult(value: value, target: context.target.name)
        result.rules = rules
        return result
    }

    func itemSources(_ places: ItemPlaces, _ context: ModelContext) throws(CompileError) -> [ItemSource] {
        let fields = context.model.miningSchema.itemFields
        if let predicted = fields.first, predicted.usageType == .target, let field = context.scope.dataField(predicted.name) {
            warn("predicted-items", "no MiningField is active; the items are taken from the predicted field \"\(field.name)\"", at: predicted.location)
            context.scope.define(field.name, rawInput(field, usage: "active"))
        }
        var sources: [ItemSource] = []
        for field in fields {
            let value = try context.scope.value(of: field.name, at: field.location, self)
            let type = value.elementType ?? value.type
            var texts: [String] = []
            var numbers: [Double] = []
            var items: [Int] = []
            let isList = value.register.kind == .list
            for index in places.candidates(of: field.name, takesAll: fields.count == 1 || isList) {
                guard let text = places.items[index].text(in: field.name, isSole: fields.count == 1, type, isList: isList) else { continue }
                if type.kind == .text {
                    texts.append(text)
                } else {
                    guard let number = Literal.number(text, as: type) else { continue }
                    numbers.append(number)
                }
                items.append(index)
            }
            sources.append(ItemSource(register: value.register, isText: type.kind == .text, texts: texts, numbers: numbers, items: items))
        }
        if sources.isEmpty { throw CompileError("association-field", "\(context.model.element) has no active MiningField", at: context.model.location) }
        return sources
    }
}

extension RuleResult.Rule {
    /// Works out lift, leverage and affinity from the supports where the document does not state them.
    fileprivate mutating func complete(antecedent: Double?, consequent: Double?) {
        if lift == nil, let confidence, let consequent, consequent > 0 { lift = confidence / consequent }
        guard let support, let antecedent, let consequent else { return }
        if leverage == nil { leverage = support - antecedent * consequent }
        let either = antecedent + consequent - support
        if affinity == nil, either > 0 { affinity = support / either }
    }
}

/// The distinct items of a model, and its itemsets as runs of them.
struct ItemPlaces {
    struct Place: Hashable {
        var field: String?
        var value: String
        /// How the item is written in its field.
        var category: String

        /// What the field holds when it holds the item; nil if the item belongs elsewhere.
        func text(in field: String, isSole: Bool, _ type: ValueType, isList: Bool) -> String? {
            if let own = self.field { return own == field ? category : nil }
            if isSole || isList { return value }
            // Of several plain fields, one may bear the item's name and say whether it is there, or the item may be written `field=value`.
            if value == field { return type == .string ? "true" : "1" }
            if value.hasPrefix(field + "=") { return String(value.dropFirst(field.count + 1)) }
            return nil
        }
    }
    private(set) var items: [Place] = []
    /// Items that name the field that holds them, by its name.
    private var byField: [String: [Int]] = [:]
    /// Items that name none, by the names of all fields that might hold them: their values, and what stands before a `=` in these.
    private var byValue: [String: [Int]] = [:]
    /// Items of many `=`, which any field might hold.
    private var others: [Int] = []
    var itemsets: [[Int]] = []
    var itemType: ValueType
    private var itemsetPlaces: [String: Int] = [:]

    init(_ items: [Item], _ itemsets: [Itemset], _ context: ModelContext) throws(CompileError) {
        let active = context.model.miningSchema.fields.filter { $0.usageType == .active }
        itemType = active.count == 1 ? active.first.flatMap { context.scope.dataField($0.name) }?.dataType.valueType ?? .string : .string
        if items.contains(where: { $0.field != nil }) { itemType = .string }
        var byID: [String: Int] = [:]
        var byPlace: [Place: Int] = [:]
        for item in items {
            let place = Place(field: item.field, value: item.value, category: item.category ?? item.value)
            if byPlace[place] == nil {
                byPlace[place] = self.items.count
                note(place)
                self.items.append(place)
            }
            if byID[item.id] == nil { byID[item.id] = byPlace[place] }
        }
        for itemset in itemsets {
            var found: [Int] = []
            var seen: Set<Int> = []
            for id in itemset.items {
                guard let item = byID[id] else {
                    throw CompileError("unknown-item", "Itemset \"\(itemset.id)\" refers to item \"\(id)\", which does not exist", at: itemset.location)
                }
                if seen.insert(item).inserted { found.append(item) }
            }
            if itemsetPlaces[itemset.id] == nil { itemsetPlaces[itemset.id] = self.itemsets.count }
            self.itemsets.append(found)
        }
    }

    private mutating func note(_ place: Place) {
        if let field = place.field { return byField[field, default: []].append(items.count) }
        let value = place.value
        let ends = value.utf8.indices.filter { value.utf8[$0] == UInt8(ascii: "=") }
        if ends.count > 8 { return others.append(items.count) }
        for end in ends + [value.endIndex] { byValue[String(value[..<end]), default: []].append(items.count) }
    }

    /// Among these are all items that a field may hold, in order; a field of lists, or the only one, may hold all.
    func candidates(of field: String, takesAll: Bool) -> [Int] {
        takesAll ? Array(items.indices) : ((byField[field] ?? []) + (byValue[field] ?? []) + others).sorted()
    }

    func itemset(_ id: String, at location: SourceLocation) throws(CompileError) -> Int {
        guard let place = itemsetPlaces[id] else {
            throw CompileError("unknown-itemset", "there is no Itemset \"\(id)\"", at: location)
        }
        return place
    }

    /// The items of an itemset; 0 where there is none of the name.
    func size(of id: String) -> Int { itemsetPlaces[id].map { itemsets[$0].count } ?? 0 }

    func values(of itemset: Int) -> [String] { itemsets[itemset].map { items[$0].value } }
}
