import PMMLWriter

/// docs/conversion.md: what each version lacks, and what becomes of it.
enum ConversionPage {
    @Sendable static func text() -> String {
        var page = heading("Conversion between versions")
        page += """
            `pommel convert old.pmml -o new.pmml --to VERSION` reads any version from 2.0 on and writes 3.2, 4.0, 4.1, 4.2, 4.3, 4.4 or 4.4.1; without
            `--to` it writes 4.4.1. `--check data.csv` scores a table with both documents and reports the largest difference of every result.

            What is written is valid against the schema of its version, and scores the same to the last bit. So a newer function is only
            rewritten where older ones give the same bits: `expm1(x)` is not `exp(x) - 1`. What the version cannot say is listed, all of it at
            once, with line and element path, and nothing is written:

            ```
            model.pmml:14:6: error: Apply@function="tanh" is new in PMML 4.4 [newer-markup]
            model.pmml: error: 1 thing cannot be said in PMML 4.2; nothing was written
            ```

            **Kept**: everything that has a part in scores, names and display names, the header with its annotations and extensions, values and
            intervals, outputs, targets, verification records. **Not kept**: statistics, explanations, taxonomies, extensions that Pommel gives no
            meaning, and comments. Defaults are not written; numbers are the shortest text that reads back to the same bits.

            **Old markup** is said in the words of the version that is written: `usageType` `predicted` and `target`, `CenterFields` as
            `ClusteringField`s, `alternateBinaryTargetCategory` as `alternateTargetCategory`, models inside models as segments of a chain.

            **Vendor markup** that Pommel knows stands in extensions, because the schemas have no place for it: `x-mathContext="float"` becomes
            `<Extension name="x-mathContext" value="float"/>`, and so do `x-leakage`, `x-wordRE`, `x-reportField`, `x-multiModelChain`, `x-report`, data
            types with epochs after 1980, the link function `cauchit`, the `Output` of a SequenceModel, and a `TimeSeries` without values. Functions that the standard lacks, such as
            `expit` and `x-atan2`, keep their names.

            The tables say what each version added that the ones before it lack.


            """
        for version in PMMLVersion.allCases.reversed() {
            let facts = VersionFacts.all.filter { $0.added == version }
            if facts.isEmpty { continue }
            page += "## New in \(version.rawValue)\n\n" + table(["markup", "in older versions"], rows(facts))
        }
        let removed = VersionFacts.all.filter { $0.removed != nil }
        page += "## Removed\n\n" + table(["markup", "removed with", "in newer versions"], removed.map {
            [markup($0), $0.removed?.rawValue ?? "", meaning($0.remedy)]
        })
        return String(page.dropLast())
    }

    /// One row for each markup; what all models share is told once.
    private static func rows(_ facts: [VersionFact]) -> [[String]] {
        var rows: [[String]] = []
        for fact in facts {
            let row = [markup(fact), meaning(fact.remedy)]
            if !rows.contains(row) { rows.append(row) }
        }
        return rows
    }

    private static func markup(_ fact: VersionFact) -> String {
        let isShared = fact.kind == .attribute && (fact.member == "isScorable" || fact.member == "functionName")
        let element = isShared ? "every model" : fact.element
        let values = fact.values.map { "`\($0)`" }.joined(separator: ", ")
        switch fact.kind {
        case .element: return "`\(element)`"
        case .child: return "`\(fact.member)` inside `\(element)`"
        case .attribute: return (isShared ? "`\(fact.member)` of \(element)" : "`\(element)@\(fact.member)`") + (values.isEmpty ? "" : " = \(values)")
        case .rule: return "`\(element)` with \(fact.member)"
        }
    }

    private static func meaning(_ remedy: VersionFact.Remedy) -> String {
        switch remedy {
        case .blocks: "cannot be said"
        case .leavesOut: "left out; it changes no score"
        case .rewritten(let words): "becomes \(words); otherwise it cannot be said"
        }
    }
}
