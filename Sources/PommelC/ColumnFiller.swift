import Evaluation

/// Fills one input of a frame from one column. One for each worker.
final class ColumnFiller {
    private let column: ArrowColumn
    private let target: InputTarget
    private let register: Register
    /// The status of the cells of a column that is read where it lies.
    private let status: UnsafeMutablePointer<UInt8>
    /// The codes of a dictionary's texts, -1 where one has not been asked for, and those that are good for one batch only.
    private var codes: [Int32] = []
    private var passing: [Int] = []

    init(_ column: ArrowColumn, _ target: InputTarget, capacity: Int) {
        self.column = column
        self.target = target
        register = Register(index: target.register, kind: target.kind)
        status = .allocate(capacity: capacity)
        status.initialize(repeating: 0, count: capacity)
        if case .dictionary = column.layout, target.kind == .text { codes = [Int32](repeating: -1, count: column.inner?.length ?? 0) }
    }

    deinit { status.deallocate() }

    /// Fills the first `count` rows of the frame with the cells from `start` on. Call it before other strings are interned only if nothing
    /// depends on their order: codes are the frame's.
    func fill(_ frame: Frame, from start: Int, count: Int) {
        switch target.kind {
        case .number: fillNumbers(frame, start, count)
        case .text: fillTexts(frame, start, count)
        case .list:
            guard let inner = column.inner else {
                for row in 0..<count {
                    let cell = column.cell(start + row)
                    if case .missing = cell { CellValue.setMissing(target, frame, row) } else { CellValue.storeList([cell], target, frame, row) }
                }
                return
            }
            guard column.layout.isList else { return fillMissing(frame, count) }
            for row in 0..<count {
                guard column.isValid(start + row) else {
                    CellValue.setMissing(target, frame, row)
                    continue
                }
                CellValue.storeList(column.items(start + row).lazy.map { inner.cell($0) }, target, frame, row)
            }
        }
    }

    private func fillMissing(_ frame: Frame, _ count: Int) {
        for row in 0..<count { CellValue.setMissing(target, frame, row) }
    }

    private func fillNumbers(_ frame: Frame, _ start: Int, _ count: Int) {
        let first = start + column.offset
        switch column.layout {
        case .float64:
            guard let values = column.values else { return fillMissing(frame, count) }
            if target.type == .double || target.type == .days || target.type == .seconds, Int(bitPattern: values) & 7 == 0 {
                return bind(frame, values.assumingMemoryBound(to: Double.self) + first, start, count)
            }
            fillPlain(Double.self, frame, start, count) { $0 }
        case .float32: fillPlain(Float.self, frame, start, count) { Double($0) }
        case .int8: fillPlain(Int8.self, frame, start, count) { Double($0) }
        case .uint8: fillPlain(UInt8.self, frame, start, count) { Double($0) }
        case .int16: fillPlain(Int16.self, frame, start, count) { Double($0) }
        case .uint16: fillPlain(UInt16.self, frame, start, count) { Double($0) }
        case .int32: fillPlain(Int32.self, frame, start, count) { Double($0) }
        case .uint32: fillPlain(UInt32.self, frame, start, count) { Double($0) }
        case .int64: fillPlain(Int64.self, frame, start, count) { Double($0) }
        default: fillCells(frame, start, count)
        }
    }

    private func fillCells(_ frame: Frame, _ start: Int, _ count: Int) {
        for row in 0..<count { column.cell(start + row).store(target, frame, row) }
    }

    /// Leaves the numbers where they are.
    private func bind(_ frame: Frame, _ values: UnsafePointer<Double>, _ start: Int, _ count: Int) {
        let status = status
        for row in 0..<count { status[row] = values[row] == values[row] ? 0 : CellStatus.missing }
        if column.validity != nil {
            for row in 0..<count where !column.isValid(start + row) { status[row] = CellStatus.missing }
        }
        frame.bind(register, values: values, status: UnsafePointer(status))
    }

    /// Copies numbers that are no doubles, or become others in the field.
    @inline(__always)
    private func fillPlain<Source>(_ type: Source.Type, _ frame: Frame, _ start: Int, _ count: Int, _ double: (Source) -> Double) {
        // Truth values and whole numbers must be looked at one by one, and so must dates, which no number is.
        let isPlain = target.type == .double || target.type == .float || target.type == .days || target.type == .seconds
        guard isPlain, let base = column.values, Int(bitPattern: base) % MemoryLayout<Source>.alignment == 0 else {
            return fillCells(frame, start, count)
        }
        let values = base.assumingMemoryBound(to: Source.self) + (start + column.offset)
        let numbers = frame.numbers(target.register)
        let status = frame.status(target.register)
        if target.type == .float {
            for row in 0..<count { numbers[row] = Double(Float(double(values[row]))) }
        } else {
            for row in 0..<count { numbers[row] = double(values[row]) }
        }
        for row in 0..<count { status[row] = numbers[row] == numbers[row] ? 0 : CellStatus.missing }
        if column.validity != nil {
            for row in 0..<count where !column.isValid(start + row) { status[row] = CellStatus.missing }
        }
    }

    private func fillTexts(_ frame: Frame, _ start: Int, _ count: Int) {
        guard case .dictionary = column.layout, let inner = column.inner else { return fillCells(frame, start, count) }
        let target = (codes: frame.codes(target.register), status: frame.status(target.register))
        for row in 0..<count {
            guard let place = column.dictionaryIndex(start + row), inner.isValid(place) else {
                CellValue.setMissing(self.target, frame, row)
                continue
            }
            var code = codes[place]
            if code < 0 {
                code = inner.cell(place).code(frame)
                codes[place] = code
                if !frame.isPermanent(code) { passing.append(place) }
            }
            target.codes[row] = code
            target.status[row] = 0
        }
    }

    /// Forgets what is good for one batch only.
    func endBatch() {
        if passing.isEmpty { return }
        for place in passing { codes[place] = -1 }
        passing.removeAll(keepingCapacity: true)
    }
}
