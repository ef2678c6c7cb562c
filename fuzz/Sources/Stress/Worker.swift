import Foundation
import Pommel

/// One thread's work: records of models chosen at random, whichever model is current.
struct Worker {
    var seed: UInt64
    let slots: [ModelSlot]

    init(seed: UInt64, slots: [ModelSlot]) {
        self.seed = seed
        self.slots = slots
    }

    mutating func next(_ bound: Int) -> Int {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((seed >> 33) % UInt64(bound))
    }

    /// Records scored, and those that one thread alone scores otherwise.
    func run(until deadline: Date) -> (scored: Int, wrong: Int) {
        var worker = self
        var (scored, wrong) = (0, 0)
        while Date() < deadline {
            let slot = slots[worker.next(slots.count)]
            let model = slot.current
            for _ in 0..<8 {
                let record = worker.next(slot.records.count)
                scored += 1
                let found = ModelSlot.outcome(model, slot.records[record])
                if found != slot.expected[record] {
                    wrong += 1
                    print("\(model.name), record \(record): \(found), alone \(slot.expected[record])")
                }
            }
        }
        return (scored, wrong)
    }
}

/// What all threads have done.
final class Tally: @unchecked Sendable {
    private let lock = NSLock()
    private var total = (scored: 0, wrong: 0)

    func add(_ part: (scored: Int, wrong: Int)) {
        lock.lock()
        total.scored += part.scored
        total.wrong += part.wrong
        lock.unlock()
    }

    var counts: (scored: Int, wrong: Int) {
        lock.lock()
        defer { lock.unlock() }
        return total
    }
}
