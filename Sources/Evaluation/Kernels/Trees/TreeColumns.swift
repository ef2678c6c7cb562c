/// The columns of a tree table's features in one frame, as plain pointers, in the frame's scratch memory.
struct TreeColumns {
    let values: UnsafeMutablePointer<UnsafeMutablePointer<Double>>
    let status: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>

    init(_ table: TreeTable, _ frame: Frame) {
        let count = max(1, table.features.count)
        values = frame.scratch.pointers(count)
        status = frame.scratch.bytePointers(count)
        for (index, register) in table.features.enumerated() {
            values[index] = frame.numbers(register)
            status[index] = frame.status(register)
        }
    }
}

/// Memory that kernels use within one run, kept from batch to batch.
final class Scratch {
    private var pointerMemory: UnsafeMutablePointer<UnsafeMutablePointer<Double>>?
    private var pointerCount = 0
    private var byteMemory: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>?
    private var byteCount = 0
    private var numberMemory: [UnsafeMutablePointer<Double>?] = [nil, nil, nil]
    private var numberCounts = [0, 0, 0]
    private var blocks: [UnsafeMutableRawPointer?] = [nil, nil, nil, nil]
    private var blockSizes = [0, 0, 0, 0]

    /// What a block of memory is for.
    enum Block: Int {
        /// Codes of tree planes.
        case codes
        /// Slots of nodes and leaves, the leaves filled.
        case slots
        /// Leaves found.
        case leaves
        /// Marks of rows and features.
        case marks
    }

    deinit {
        pointerMemory?.deallocate()
        byteMemory?.deallocate()
        for memory in numberMemory { memory?.deallocate() }
        for memory in blocks { memory?.deallocate() }
    }

    func pointers(_ count: Int) -> UnsafeMutablePointer<UnsafeMutablePointer<Double>> {
        if let memory = pointerMemory, count <= pointerCount { return memory }
        pointerMemory?.deallocate()
        let memory = UnsafeMutablePointer<UnsafeMutablePointer<Double>>.allocate(capacity: count)
        (pointerMemory, pointerCount) = (memory, count)
        return memory
    }

    func bytePointers(_ count: Int) -> UnsafeMutablePointer<UnsafeMutablePointer<UInt8>> {
        if let memory = byteMemory, count <= byteCount { return memory }
        byteMemory?.deallocate()
        let memory = UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>.allocate(capacity: count)
        (byteMemory, byteCount) = (memory, count)
        return memory
    }

    /// One of three blocks of at least `count` numbers, cache-line aligned, with whatever they held.
    func numbers(_ slot: Int, _ count: Int) -> UnsafeMutablePointer<Double> {
        if let memory = numberMemory[slot], count <= numberCounts[slot] { return memory }
        numberMemory[slot]?.deallocate()
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(8, count * 8), alignment: 64).bindMemory(to: Double.self, capacity: max(1, count))
        (numberMemory[slot], numberCounts[slot]) = (memory, count)
        return memory
    }

    /// At least `size` bytes, cache-line aligned, with whatever they held; `fill` is called when they are new.
    func block(_ use: Block, _ size: Int, fill: (UnsafeMutableRawPointer) -> Void = { _ in }) -> UnsafeMutableRawPointer {
        if let memory = blocks[use.rawValue], size <= blockSizes[use.rawValue] { return memory }
        blocks[use.rawValue]?.deallocate()
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(64, size), alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: max(64, size))
        fill(memory)
        (blocks[use.rawValue], blockSizes[use.rawValue]) = (memory, size)
        return memory
    }
}
