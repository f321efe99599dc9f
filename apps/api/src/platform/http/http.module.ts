import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { EntityTagInterceptor } from './entity-tag.interceptor.js';
import { RouteTable } from './route-table.js';

@Global()
@Module({
  providers: [RouteTable, { provide: APP_INTERCEPTOR, useClass: EntityTagInterceptor }],
  exports: [RouteTable],
})
export class HttpModule {}
