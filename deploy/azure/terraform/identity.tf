# The managed identity of Ebb's orchestrator, with the roles of the files beside this folder.

data "azurerm_resource_group" "group" {
  name = var.resource_group
}

data "azurerm_subscription" "subscription" {
  subscription_id = var.subscription
}

locals {
  role       = jsondecode(file("${path.module}/../role-${var.role}.json"))
  operations = jsondecode(file("${path.module}/../role-operations.json"))
}

resource "azurerm_user_assigned_identity" "orchestrator" {
  name                = var.identity
  resource_group_name = data.azurerm_resource_group.group.name
  location            = data.azurerm_resource_group.group.location
}

resource "azurerm_role_definition" "role" {
  name              = local.role.Name
  description       = local.role.Description
  scope             = data.azurerm_resource_group.group.id
  assignable_scopes = [data.azurerm_resource_group.group.id]

  permissions {
    actions = local.role.Actions
  }
}

resource "azurerm_role_assignment" "role" {
  scope              = data.azurerm_resource_group.group.id
  role_definition_id = azurerm_role_definition.role.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.orchestrator.principal_id
  principal_type     = "ServicePrincipal"
}

resource "azurerm_role_definition" "operations" {
  count             = var.operations_role ? 1 : 0
  name              = local.operations.Name
  description       = local.operations.Description
  scope             = data.azurerm_subscription.subscription.id
  assignable_scopes = [data.azurerm_subscription.subscription.id]

  permissions {
    actions = local.operations.Actions
  }
}

resource "azurerm_role_assignment" "operations" {
  count              = var.operations_role ? 1 : 0
  scope              = data.azurerm_subscription.subscription.id
  role_definition_id = azurerm_role_definition.operations[0].role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.orchestrator.principal_id
  principal_type     = "ServicePrincipal"
}
