import Glibc

/// A lock with a condition that threads can wait for.
final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    condition.deallocate()
  }

  func locked(_ body: () -> Void) {
    pthread_mutex_lock(mutex)
    body()
    pthread_mutex_unlock(mutex)
  }

  /// Lets go of the lock while something is done. Only within `locked`.
  func unlocked(_ body: () -> Void) {
    pthread_mutex_unlock(mutex)
    body()
    pthread_mutex_lock(mutex)
  }

  /// Lets go of the lock until another thread calls `wakeAll`. Only within `locked`; may return
  /// without reason.
  func wait() { pthread_cond_wait(condition, mutex) }

  /// Only within `locked`.
  func wakeAll() { pthread_cond_broadcast(condition) }
}
