import Foundation
import FoundationXML

/// The elements of an XML document, as Foundation's parser reads it.
final class SVGElements: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// Without that of elements in it.
    var text = ""

    func number(_ name: String) -> Double? { attributes[name].flatMap(Double.init) }
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  struct NoXML: Error, CustomStringConvertible {
    let description: String
  }

  init(_ document: String) throws {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    guard parser.parse() else {
      throw NoXML(description: "\(parser.lineNumber): \(String(describing: parser.parserError))")
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }

  /// How many groups there are of each class.
  var groups: [String: Int] {
    elements.filter { $0.name == "g" }.reduce(into: [:]) { counts, element in
      counts[element.attributes["class"] ?? "", default: 0] += 1
    }
  }

  var texts: [String] { elements.filter { $0.name == "text" }.map(\.text) }

  /// Where texts are, in the widest of the usual fonts, in which a character has 0.602 of the size.
  var boxes: [(text: String, x: ClosedRange<Double>, y: ClosedRange<Double>)] {
    elements.filter { $0.name == "text" }.compactMap { element in
      guard let x = element.number("x"), let y = element.number("y"),
        let size = element.number("font-size")
      else { return nil }
      let width = Double(element.text.unicodeScalars.count) * 0.602 * size
      let start =
        switch element.attributes["text-anchor"] {
        case "end": x - width
        case "middle": x - width / 2
        default: x
        }
      return (element.text, start...(start + width), (y - 0.75 * size)...(y + 0.2 * size))
    }
  }
}
