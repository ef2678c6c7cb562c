import Pommel

/// A table of expected or actual values, read without the product's own table reader.
struct ExpectedTable {
    /// The columns in the order in which they appear.
    var columns: [String] = []
    var rows: [[String: JSON]] = []

    /// - Parameter missing: the texts of delimited data that stand for a missing value.
    init?(_ bytes: [UInt8], path: String, missing: [String] = [""]) {
        if path.hasSuffix(".jsonl") { self.init(jsonLines: bytes) } else {
            self.init(delimited: bytes, by: path.hasSuffix(".tsv") ? UInt8(ascii: "\t") : UInt8(ascii: ","), missing)
        }
    }

    init?(jsonLines bytes: [UInt8]) {
        var known: Set<String> = []
        for line in bytes.split(separator: 10) where !line.allSatisfy({ $0 <= 32 }) {
            guard case .object(let members)? = JSON(Array(line)) else { return nil }
            for member in members where known.insert(member.name).inserted { columns.append(member.name) }
            rows.append(Dictionary(members.map { ($0.name, $0.value) }) { $1 })
        }
    }

    /// RFC 4180. A line of nothing is no row.
    private init?(delimited bytes: [UInt8], by delimiter: UInt8, _ missing: [String]) {
        let bytes = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
        var records: [[String]] = []
        var record: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var hasQuotes = false
        var index = 0
        func endCell() {
            record.append(String(decoding: cell, as: UTF8.self))
            cell.removeAll()
        }
        func endRecord() {
            if !record.isEmpty || !cell.isEmpty || hasQuotes {
                endCell()
                records.append(record)
            }
            record.removeAll()
            hasQuotes = false
        }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isQuoted {
                if byte != 34 { cell.append(byte) } else if index < bytes.count, bytes[index] == 34 {
                    cell.append(34)
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if byte == 34 && cell.isEmpty {
                isQuoted = true
                hasQuotes = true
            } else if byte == delimiter {
                endCell()
            } else if byte == 10 || byte == 13 {
                if byte == 13, index < bytes.count, bytes[index] == 10 { index += 1 }
                endRecord()
            } else {
                cell.append(byte)
            }
        }
        endRecord()
        guard let header = records.first else { return nil }
        columns = header
        for record in records.dropFirst() {
            // What a damaged table leaves out would not be compared.
            guard record.count == header.count else { return nil }
            rows.append(Dictionary(zip(header, record).map { ($0, missing.contains($1) ? JSON.null : JSON.string($1)) }) { $1 })
        }
    }
}
