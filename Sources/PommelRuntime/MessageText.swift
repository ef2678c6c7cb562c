/// Messages quote what is wrong, which a file from a stranger may make as long as it likes.
package enum MessageText {
    private static let most = 1_000

    /// The message; of a very long one only the beginning and the end.
    package static func shortened(_ message: String) -> String {
        guard message.utf8.count > most else { return message }
        return "\(message.prefix(most * 6 / 10)) … \(message.suffix(most * 2 / 10))"
    }
}
