import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

interface Route {
  pattern: URLPattern;
  methods: Set<string>;
}

/** The routes of the server, to tell a wrong method from a wrong address. */
@Injectable()
export class RouteTable {
  private readonly routes = new Map<string, Route>();

  /** Begins to listen; call it before the routes are added. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ url, method }) => {
      // What serves every address says nothing about one.
      if (url.includes('*')) return;
      const route = this.routes.get(url) ?? { pattern: new URLPattern({ pathname: url }), methods: new Set() };
      for (const name of [method].flat()) route.methods.add(name);
      this.routes.set(url, route);
    });
  }

  /** The methods under which an address exists; empty where there is nothing. */
  methodsOf(pathname: string): string[] {
    const found = [...this.routes.values()].filter(({ pattern }) => pattern.test({ pathname }));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].toSorted();
  }
}
