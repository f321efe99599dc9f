import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { AccountCreation } from './account-creation.service.js';
import { AdminAccountsController } from './admin-accounts.controller.js';
import { AdminAccountsRepository } from './admin-accounts.repository.js';
import { AdminAccountsService } from './admin-accounts.service.js';

@Module({
  imports: [AuthModule],
  controllers: [AdminAccountsController],
  providers: [AccountCreation, AdminAccountsRepository, AdminAccountsService],
})
export class AdminAccountsModule {}
