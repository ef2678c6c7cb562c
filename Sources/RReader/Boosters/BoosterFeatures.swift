import ModelTree

/// The features of a booster, as fields.
struct BoosterFeatures {
    enum Feature {
        /// A number, in a field.
        case number(String)
        /// 1 where a field has a value.
        case indicator(String, value: String)
        /// Codes from 0 on, each of which stands for a text of the field.
        case categorical(String, [String])
        /// Codes without texts: the field holds the code itself.
        case codes(String)
    }
    /// Those on which some tree splits, by their numbers: a model may say that it has any number of others.
    private let features: [Int: Feature]
    subscript(_ index: Int) -> Feature? { features[index] }

    /// A feature map that [r2pmml](https://github.com/jpmml/r2pmml) adds to a booster: a data frame of ids, names and types.
    struct Map {
        let names: [String]
        let types: [String]
        init(_ value: RValue) throws(RReadError) {
            names = try value.component("name").strings()
            types = try value.component("type").strings()
            guard names.count == types.count else { throw value.inconsistent("the columns of \(value.path) differ in length") }
        }

        /// The values of the indicators of a field, in their order.
        func values(of field: String) -> [String] {
            names.indices.filter { types[$0] == "i" && names[$0].hasPrefix(field + "=") }.map { String(names[$0].dropFirst(field.count + 1)) }
        }
    }

    /// - Parameters:
    ///   - names: as the booster has them; shorter where it has none.
    ///   - types: as the booster has them: `i` for a truth value.
    ///   - count: how many features the booster says that it has.
    ///   - used: features on which some tree splits, counted from 0.
    ///   - categorical: those that are split by sets of codes.
    init(
        names: [String], types: [String] = [], count: Int, map: Map?, used: Set<Int>, categorical: Set<Int>, isFloat: Bool, _ builder: DocumentBuilder
    ) {
        // The map describes the features one by one, or else the columns that their categories were made of.
        let own = map.flatMap { $0.names.count == count ? $0 : nil }
        var found: [Int: Feature] = [:]
        for index in used.sorted() where index >= 0 {
            let name = own.map { index < $0.names.count ? $0.names[index] : "f\(index)" } ?? (index < names.count ? names[index] : "f\(index)")
            if categorical.contains(index) {
                let values = map?.values(of: name) ?? []
                if values.isEmpty { found[index] = .codes(builder.fields.numberField(name)) } else {
                    builder.fields.declare(name, .factor(values, isOrdered: false))
                    found[index] = .categorical(name, values)
                }
            } else if let own, index < own.types.count, own.types[index] == "i", let mark = name.firstIndex(of: "=") {
                let (field, value) = (String(name[..<mark]), String(name[name.index(after: mark)...]))
                let levels = own.values(of: field)
                let isLogical = levels.allSatisfy { ["true", "false", "TRUE", "FALSE"].contains($0) }
                builder.fields.declare(field, isLogical ? .logical : .factor(levels, isOrdered: false))
                found[index] = .indicator(field, value: isLogical ? value.lowercased() : value)
            } else if (own?.types ?? types).indices.contains(index), (own?.types ?? types)[index] == "i", !builder.fields.isReplaced(name) {
                builder.fields.declare(name, .logical)
                found[index] = .indicator(name, value: "true")
            } else {
                found[index] = .number(isFloat ? builder.fields.floatField(name) : builder.fields.numberField(name))
            }
        }
        features = found
    }
}
