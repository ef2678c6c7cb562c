extension ConformanceReport {
    /// A JUnit XML file: a case that fails as it is expected to is skipped, any other surprise is a failure.
    public func junit(_ expected: ExpectedFailures) -> String {
        let unexpected = outcomes.count { expected.complaint(about: $0) != nil }
        let known = outcomes.count { !$0.passed && expected.complaint(about: $0) == nil }
        let counts = "tests=\"\(outcomes.count)\" failures=\"\(unexpected)\" errors=\"0\" skipped=\"\(known)\""
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>", "<testsuite name=\"pommel conformance\" \(counts)>"]
        for outcome in outcomes {
            let start = "<testcase classname=\"\(Self.escaped(outcome.element))\" name=\"\(Self.escaped(outcome.name))\""
            if let complaint = expected.complaint(about: outcome) {
                lines.append("\(start)><failure message=\"\(Self.escaped(complaint))\"/></testcase>")
            } else if let reason = outcome.reason {
                lines.append("\(start)><skipped message=\"\(Self.escaped(reason))\"/></testcase>")
            } else {
                lines.append("\(start)/>")
            }
        }
        return (lines + ["</testsuite>", "</testsuites>", ""]).joined(separator: "\n")
    }

    /// Text for an attribute; characters that XML cannot hold become U+FFFD.
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "\n", "\r", "\t": out += "&#\(scalar.value);"
            default: out.unicodeScalars.append(scalar.value < 32 || scalar.value == 0xfffe || scalar.value == 0xffff ? "\u{fffd}" : scalar)
            }
        }
        return out
    }
}
