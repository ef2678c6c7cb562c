import ArgumentParser
import Pommel

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Runs the document's own ModelVerification records and reports each cell that differs.")

    @OptionGroup var model: ModelOptions

    func run() throws {
        let opened = try model.open()
        guard let report = opened.verify() else {
            try Console.say("\(opened.name): no ModelVerification records")
            return
        }
        for field in report.unknownFields {
            Console.note("\(opened.name): warning: the model neither takes nor gives field \"\(field)\" [verification-field]")
        }
        for field in report.emptyFields {
            Console.note("\(opened.name): warning: no record has a value of field \"\(field)\" [verification-field]")
        }
        for difference in report.differences {
            if let reason = difference.reason {
                let field = difference.field.isEmpty ? "" : " field \"\(difference.field)\":"
                try Console.say("record \(difference.record):\(field) \(reason)")
            } else {
                try Console.say(
                    "record \(difference.record): field \"\(difference.field)\": expected \"\(difference.expected)\", got \"\(difference.actual)\"")
            }
        }
        try Console.say("\(opened.name): \(report.passed) of \(report.records) records agree (\(report.cells) cells compared)")
        // Where nothing was compared, nothing is known.
        if !report.differences.isEmpty || report.cells == 0 { throw CommandFailure.failures }
    }
}
