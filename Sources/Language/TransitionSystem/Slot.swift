/// What is the same for every slot of a state.
///
/// Public, though nothing outside of the package needs it: what is `package` cannot be inlined into
/// other modules, and to call for this one number was a twenty-fifth of a search with symmetry.
public enum Slot {
  /// The slot value that stands for *undefined*. No expression yields it: a result so small is an
  /// overflow.
  @inlinable public static var undefined: Int64 { .min }
}
