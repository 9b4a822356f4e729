import { randomBytes } from 'node:crypto';

/** Access and refresh tokens of this process. A restart ends every session, as an org's timeout would. */
export class Sessions {
  readonly #prefix: string;
  readonly #users = new Map<string, string>();
  readonly #refresh = new Map<string, string>();

  /** Tokens begin with the 15 characters of the organization's id: clients recognise a token by that. */
  constructor(organizationId: string) {
    this.#prefix = organizationId.slice(0, 15);
  }

  open(userId: string): string {
    const token = `${this.#prefix}!${randomBytes(24).toString('hex')}`;
    this.#users.set(token, userId);
    return token;
  }

  /** A token that buys access tokens, as the web flow of a real org gives one. */
  openRefresh(userId: string): string {
    const token = `5Aep${randomBytes(24).toString('hex')}`;
    this.#refresh.set(token, userId);
    return token;
  }

  userOfRefresh(token: string): string | undefined {
    return this.#refresh.get(token);
  }

  userOf(token: string): string | undefined {
    return this.#users.get(token);
  }

  end(token: string): void {
    this.#users.delete(token);
  }

  /** Every access token of the user; refresh tokens stay. */
  endAll(userId: string): void {
    for (const [token, user] of this.#users) if (user === userId) this.#users.delete(token);
  }
}
