// Many threads score many models while these are replaced: every result must have the bits that one thread alone gets.
// Stress [THREADS] [SECONDS]; fuzz/stress builds it with the thread sanitizer.
import Foundation
import Pommel

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let threads = arguments.first ?? 16
let seconds = arguments.dropFirst().first ?? 20

let fixtures = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../fixtures/cases").standardized.path
let scratch = NSTemporaryDirectory() + "/pommel-stress-\(ProcessInfo.processInfo.processIdentifier)"
try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: scratch) }

let slots = try ModelSlot.all(in: fixtures, scratch: scratch)
let deadline = Date().addingTimeInterval(Double(seconds))
let tally = Tally()
let done = DispatchSemaphore(value: 0)
for number in 0..<threads {
    let thread = Thread {
        tally.add(Worker(seed: UInt64(number) + 1, slots: slots).run(until: deadline))
        done.signal()
    }
    // Instrumented code needs more stack than secondary threads have.
    thread.stackSize = 8 << 20
    thread.start()
}
var replaced = 0
while Date() < deadline {
    for slot in slots where Date() < deadline {
        try slot.replace(turn: replaced)
        replaced += 1
    }
}
for _ in 0..<threads { done.wait() }
let hello = URL(fileURLWithPath: fixtures).appendingPathComponent("../hello/model.pmml").standardized.path
let command = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("pommel").path
let tablesAgree = try Tables.command(command, hello, scratch: scratch) && Tables.columns(hello)
print(tablesAgree ? "tables: the same with 8 threads as with one, by the command and by the C interface" : "tables: not the same with 8 threads as with one")
let (scored, wrong) = tally.counts
print("\(threads) threads, \(slots.count) models, \(scored) records scored, \(scored - wrong) as one thread scores them, \(replaced) models replaced meanwhile")
exit(tablesAgree && wrong == 0 && scored > 0 && replaced > 0 ? 0 : 1)
