/** Sends one thing after the other over something that takes only one at a time. */
export class SendQueue<T> {
  private readonly waiting: T[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly sendNow: (item: T) => Promise<void>,
    /** Called with what could not be sent; the queue goes on with the next. */
    private readonly onError: (item: T, error: unknown) => void,
  ) {}

  /** Appends to the queue; the promise is fulfilled when everything before and with it has been sent. */
  send(item: T): Promise<void> {
    this.waiting.push(item);
    this.running ??= this.drain();
    return this.running;
  }

  /** Fulfilled when nothing waits any more. */
  get drained(): Promise<void> {
    return this.running ?? Promise.resolve();
  }

  private async drain(): Promise<void> {
    for (let item = this.waiting.shift(); item !== undefined; item = this.waiting.shift()) {
      try {
        await this.sendNow(item);
      } catch (error) {
        this.onError(item, error);
      }
    }
    this.running = undefined;
  }
}
