import type { Connection } from '@guildhall/database';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONNECTION } from '../database/database.module.js';
import { HealthIndicators } from './health-indicators.js';

@Injectable()
export class DatabaseHealth implements OnModuleInit {
  constructor(
    @Inject(CONNECTION) private readonly connection: Connection,
    private readonly indicators: HealthIndicators,
  ) {}

  onModuleInit(): void {
    this.indicators.register('database', () => this.check(), { isEssential: true });
  }

  private async check(): Promise<{ status: 'up' }> {
    await this.connection.pool.query('select 1');
    return { status: 'up' };
  }
}
