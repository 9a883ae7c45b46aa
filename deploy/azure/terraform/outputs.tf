output "address" {
  description = "Where clients connect to."
  value       = azurerm_public_ip.frontend.ip_address
}

output "client_id" {
  description = "AZURE_CLIENT_ID of the orchestrator."
  value       = azurerm_user_assigned_identity.orchestrator.client_id
}

output "identity_id" {
  description = "The identity, to assign to the machine that runs the orchestrator."
  value       = azurerm_user_assigned_identity.orchestrator.id
}
