import ModelTree

/// Factors and texts.
extension FormulaCompiler {
    func texts(_ call: Call) throws(RReadError) -> FormulaValue? {
        switch call.function {
        case "factor", "as.factor", "ordered", "as.ordered", "droplevels", "relevel", "as.character", "C", "catg", "addNA": return try factor(call)
        case "cut": return try cut(call)
        case "revalue", "mapvalues": return try replaced(call)
        case "paste", "paste0": return try pasted(call)
        case "toupper", "tolower":
            guard case .text(let inner, _) = try compile(try argument(call, 0), isText: true) else { return nil }
            return .text(.call(call.function == "toupper" ? "uppercase" : "lowercase", inner), levels: nil)
        default: return nil
        }
    }

    /// Texts one after the other. The separator may be named anywhere among them.
    private func pasted(_ call: Call) throws(RReadError) -> FormulaValue {
        var separator = call.function == "paste" ? " " : ""
        if let stated = call.arguments.first(where: { $0.name == "sep" }), call.function == "paste" { separator = try stated.value.string() }
        var parts: [Expression] = []
        for argument in call.arguments where argument.name != "sep" {
            if argument.name != nil { throw call.value.unsupportedTerm("\(variable): \(call.function)() with an argument of a name is not supported") }
            if !parts.isEmpty, !separator.isEmpty { parts.append(.text(separator)) }
            guard case .text(let part, _) = try compile(argument.value, isText: true) else { throw argument.value.unsupportedTerm("\(variable): only texts can be pasted") }
            parts.append(part)
        }
        return .text(.call("concat", parts), levels: nil)
    }

    /// A number, text or truth value taken as a category.
    private func factor(_ call: Call) throws(RReadError) -> FormulaValue {
        let subject = try argument(call, 0)
        if frame.statedLevels(variable) == nil, let told = frame.toldLevels(variable) {
            switch try compile(subject, isText: !told.areNumbers) {
            case .number(let expression) where told.areNumbers: return told.text(ofNumber: expression)
            case .text(let expression, _): return told.text(expression)
            default: throw call.value.inconsistent("\(variable): what it is made of has not the type of its levels")
            }
        }
        let (given, labels) = try givenLevels(call)
        let stated = frame.statedLevels(variable) ?? (labels == nil ? given : nil)
        // With labels, the levels' names say nothing of the values.
        let values = labels == nil ? stated : given
        let areNumbers = values?.allSatisfy { Double($0) != nil } ?? true
        let areTruths = values.map { $0.allSatisfy { $0 == "TRUE" || $0 == "FALSE" } } ?? false
        // Of a column whose type is not told the levels tell it.
        if let values, areTruths, !values.isEmpty, case .symbol(let name) = subject.object.kind, isOpen(name) {
            frame.fields.declare(name, .logical)
            if let labels { _ = try labelled(call, labels, values) }
            return .levels(field: name, levels: labels ?? values, values: values.map { $0 == "TRUE" ? "true" : "false" })
        }
        switch try compile(subject, isText: !areNumbers && !areTruths) {
        case .text(let expression, let own):
            guard let labels else {
                if case .fieldRef(let field) = expression.kind, case .text = frame.fields.type(of: field.field), let stated {
                    frame.fields.declare(field.field, .factor(stated, isOrdered: false))
                }
                let order = try releveled(call, own)
                return .text(expression, levels: given ?? order ?? own ?? stated)
            }
            let values = try labelled(call, labels, given ?? own)
            return .levels(field: textField(subject, expression), levels: labels, values: values)
        case .logical(let expression):
            var held: String?
            if case .fieldRef(let field) = expression.kind { held = field.field }
            if held == nil, given == nil, labels == nil { return .logical(expression) }
            let field = held ?? frame.fields.derive(subject.deparsed, key: "logical \(subject.deparsed)", .categorical, .boolean) { expression }
            let levels = labels ?? given ?? ["FALSE", "TRUE"]
            guard levels.count == (given?.count ?? 2), given?.allSatisfy({ $0 == "TRUE" || $0 == "FALSE" }) ?? true else {
                throw call.value.unsupportedTerm("\(variable): a factor of truth values with other levels")
            }
            return .levels(field: field, levels: levels, values: (given ?? ["FALSE", "TRUE"]).map { $0 == "TRUE" ? "true" : "false" })
        case .number(let expression):
            if let labels { _ = try labelled(call, labels, given) }
            guard let values else { throw call.value.inconsistent("the levels of \(variable) are not known") }
            let field = field(subject, expression)
            return .levels(field: field, levels: labels ?? values, values: values)
        case .levels(let field, let levels, let values):
            guard given != nil || labels != nil else { return .levels(field: field, levels: levels, values: values) }
            let order = given ?? levels
            let chosen = order.compactMap { level in levels.firstIndex(of: level).map { values[$0] } }
            guard chosen.count == order.count else { throw call.value.unsupportedTerm("\(variable): a factor's factor with levels that the inner one has not") }
            if let labels { _ = try labelled(call, labels, order) }
            return .levels(field: field, levels: labels ?? order, values: chosen)
        case .columns: throw call.value.unsupportedTerm("\(variable): a matrix cannot be a factor")
        }
    }

    /// The order of levels that relevel() makes inside of another function; the variable's own the object tells.
    private func releveled(_ call: Call, _ levels: [String]?) throws(RReadError) -> [String]? {
        guard call.function == "relevel", !isWhole, let levels, let reference = try call.matched(["x", "ref"])["ref"] else { return nil }
        guard isTexts(reference), let first = levels.first(where: { $0 == (try? reference.string()) }) else {
            throw call.value.unsupportedTerm("\(variable): relevel() to a level that is not told by its name")
        }
        return [first] + levels.filter { $0 != first }
    }

    /// What factor() and ordered() are told of levels and their labels; their kin take other arguments.
    private func givenLevels(_ call: Call) throws(RReadError) -> (levels: [String]?, labels: [String]?) {
        guard call.function == "factor" || call.function == "ordered" else { return (nil, nil) }
        let matched = try call.matched(["x", "levels", "labels", "exclude", "ordered", "nmax"])
        func texts(_ name: String) throws(RReadError) -> [String]? {
            guard let value = matched[name], !value.isNull else { return nil }
            return try levelTexts(value)
        }
        return (try texts("levels"), try texts("labels"))
    }

    /// The values that labels stand for, one for each.
    private func labelled(_ call: Call, _ labels: [String], _ values: [String]?) throws(RReadError) -> [String] {
        guard let values else {
            throw call.value.unsupportedTerm("\(variable): the object does not tell which values the labels stand for: state levels = in factor(), too")
        }
        guard labels.count == values.count else { throw call.value.unsupportedTerm("\(variable): \(labels.count) labels for \(values.count) levels") }
        guard Set(labels).count == labels.count else { throw call.value.unsupportedTerm("\(variable): labels that stand twice make one level of several") }
        return values
    }

    private func levelTexts(_ value: RValue) throws(RReadError) -> [String] {
        if let truths = truthTexts(value) { return truths }
        if isTexts(value) { return try constantTexts(value).map(\.text) }
        return try constants(value).map(NumberTexts.text)
    }

    /// `c(TRUE, FALSE)` as R names such levels; nil for anything else.
    private func truthTexts(_ value: RValue) -> [String]? {
        if case .logical(let codes) = value.object.kind { return codes.map { $0 == 0 ? "FALSE" : "TRUE" } }
        if case .symbol(let name) = value.object.kind { return name == "T" ? ["TRUE"] : name == "F" ? ["FALSE"] : nil }
        guard let call = Call(value), call.function == "c" else { return nil }
        let parts = call.arguments.compactMap { truthTexts($0.value) }
        return !parts.isEmpty && parts.count == call.arguments.count ? parts.flatMap { $0 } : nil
    }

    /// `plyr::revalue(x, c(old = "new"))` and `plyr::mapvalues(x, from, to)`: other values stay.
    private func replaced(_ call: Call) throws(RReadError) -> FormulaValue {
        let subject = try argument(call, 0)
        guard case .text(let expression, let levels) = try compile(subject, isText: true) else {
            throw call.value.unsupportedTerm("\(variable): \(call.function)() of numbers is not supported")
        }
        var pairs: [(old: String, new: String)] = []
        if call.function == "revalue" {
            for entry in try constantTexts(try argument(call, 1)) {
                guard let old = entry.name else { throw call.value.unsupportedTerm("\(variable): revalue() needs names") }
                pairs.append((old, entry.text))
            }
        } else {
            let (from, to) = (try levelTexts(try argument(call, 1)), try levelTexts(try argument(call, 2)))
            guard from.count == to.count else { throw call.value.inconsistent("mapvalues() has \(from.count) old and \(to.count) new values") }
            pairs = Array(zip(from, to))
        }
        let made = pairs.reversed().reduce(expression) { rest, pair in
            .call("if", .call("equal", expression, .text(pair.old)), .text(pair.new), rest)
        }
        var renamed: [String] = []
        for level in levels ?? [] {
            let new = pairs.first { $0.old == level }?.new ?? level
            if !renamed.contains(new) { renamed.append(new) }
        }
        return .text(made, levels: levels == nil ? nil : renamed)
    }

    /// `cut(x, breaks)`: intervals, by default open to the left.
    private func cut(_ call: Call) throws(RReadError) -> FormulaValue {
        let matched = try call.matched(["x", "breaks", "labels", "include.lowest", "right", "dig.lab", "ordered_result"])
        guard let subject = matched["x"], let breaksValue = matched["breaks"] else { throw call.value.unsupportedTerm("\(variable): cut() without breaks") }
        var breaks = try constants(breaksValue).sorted()
        if breaks.count == 1 {
            // Into so many intervals: those of the data that the model was fitted to, which its levels tell.
            guard let found = intervals(frame.statedLevels(variable) ?? []) else {
                throw call.value.unsupportedTerm("\(variable): cut() into a number of intervals whose ends are not known")
            }
            breaks = found
        }
        guard breaks.count >= 2 else { throw call.value.unsupportedTerm("\(variable): cut() without breaks") }
        let isRight = try matched["right"].map { (value) throws(RReadError) in try value.bool() } ?? true
        let isLowest = try matched["include.lowest"].map { (value) throws(RReadError) in try value.bool() } ?? false
        // Without labels the intervals' numbers are what they are.
        let areCodes = matched["labels"].flatMap(truthTexts) == ["FALSE"]
        let labels = areCodes ? (1..<breaks.count).map(String.init) : try cutLabels(matched["labels"], breaks, isRight, isLowest, digits: try matched["dig.lab"].map { (value) throws(RReadError) in try value.integer() } ?? 3)
        guard labels.count == breaks.count - 1 else { throw call.value.inconsistent("\(variable): cut() has \(labels.count) labels for \(breaks.count - 1) intervals") }
        let name = field(subject, try number(subject))
        let bins = labels.indices.map { index -> (interval: Interval, value: String) in
            let isClosed = isLowest && (isRight ? index == 0 : index == labels.count - 1)
            let closure: Interval.Closure = isClosed ? .closedClosed : isRight ? .openClosed : .closedOpen
            func margin(_ value: Double) -> Double? { value.isInfinite ? nil : value }
            return (Interval(closure: closure, leftMargin: margin(breaks[index]), rightMargin: margin(breaks[index + 1])), labels[index])
        }
        let discretize = Expression(.discretize(Discretize(field: name, dataType: areCodes ? .double : .string, bins: bins)))
        return areCodes ? .number(discretize) : .text(discretize, levels: labels)
    }

    /// The ends of intervals that follow one another, from their labels `(1,2]`, `(2,3]`; nil for other texts.
    private func intervals(_ labels: [String]) -> [Double]? {
        var breaks: [Double] = []
        for label in labels {
            let ends = label.dropFirst().dropLast().split(separator: ",").compactMap { Double($0) }
            guard ends.count == 2, breaks.isEmpty || breaks.last == ends[0] else { return nil }
            if breaks.isEmpty { breaks.append(ends[0]) }
            breaks.append(ends[1])
        }
        return breaks.isEmpty ? nil : breaks
    }

    private func cutLabels(_ stated: RValue?, _ breaks: [Double], _ isRight: Bool, _ isLowest: Bool, digits: Int) throws(RReadError) -> [String] {
        // Inside of another function they need not be the variable's.
        if isWhole, let levels = frame.statedLevels(variable), levels.count == breaks.count - 1 { return levels }
        if let stated, !stated.isNull, truthTexts(stated) == nil { return try levelTexts(stated) }
        // As many digits as tell the breaks apart.
        var texts: [String] = []
        let digits = min(22, max(1, digits))
        for count in digits...max(12, digits) {
            texts = breaks.map { NumberTexts.general($0, count) }
            if Set(texts).count == breaks.count { break }
        }
        return (0..<breaks.count - 1).map { index in
            let closesLeft = !isRight || (isLowest && index == 0)
            let closesRight = isRight || (isLowest && index == breaks.count - 2)
            return (closesLeft ? "[" : "(") + texts[index] + "," + texts[index + 1] + (closesRight ? "]" : ")")
        }
    }
}
