/// A partition of numbers from 0 on whose blocks are split by marking elements of theirs. Marking takes
/// constant time, and splitting as long as there are marks. (Valmari and Lehtinen 2008, section 3.)
struct RefinablePartition {
  /// Block by block; in each, marked ones come first.
  private var elements: [Int]
  private var places: [Int]
  private(set) var blockOf: [Int]
  private var blocks: [Block]
  private var touched: [Int] = []

  private struct Block {
    var first: Int
    var end: Int
    var markedCount = 0
  }

  /// All in one block.
  init(count: Int) {
    elements = Array(0..<count)
    places = elements
    blockOf = Array(repeating: 0, count: count)
    blocks = count == 0 ? [] : [Block(first: 0, end: count)]
  }

  var count: Int { blocks.count }

  func size(of block: Int) -> Int { blocks[block].end - blocks[block].first }

  func elements(of block: Int) -> ArraySlice<Int> {
    elements[blocks[block].first..<blocks[block].end]
  }

  mutating func mark(_ element: Int) {
    let block = blockOf[element]
    let (place, border) = (places[element], blocks[block].first + blocks[block].markedCount)
    if place < border { return }
    if blocks[block].markedCount == 0 { touched.append(block) }
    let other = elements[border]
    elements.swapAt(place, border)
    (places[element], places[other]) = (border, place)
    blocks[block].markedCount += 1
  }

  /// Splits each block into what is marked and what is not, and takes the marks away.
  ///
  /// - Parameter body: Called with each new block, which is the smaller part of an old one.
  mutating func split(_ body: (_ new: Int) -> Void) {
    for block in touched {
      let old = blocks[block]
      blocks[block].markedCount = 0
      let border = old.first + old.markedCount
      if border == old.end { continue }
      let new = blocks.count
      if border - old.first <= old.end - border {
        blocks.append(Block(first: old.first, end: border))
        blocks[block].first = border
      } else {
        blocks.append(Block(first: border, end: old.end))
        blocks[block].end = border
      }
      for element in elements(of: new) { blockOf[element] = new }
      body(new)
    }
    touched.removeAll(keepingCapacity: true)
  }
}
