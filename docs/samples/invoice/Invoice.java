// Raises an invoice from a server, with a Bearer token instead of a secure hash.
// Gson writes the JSON: java -cp gson.jar Invoice.java

import com.google.gson.Gson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

public class Invoice {
  public static void main(String[] args) throws Exception {
    Map<String, Object> invoice = new LinkedHashMap<>();
    invoice.put("account_id", env("SERVICE_ID"));
    invoice.put("amount_net", env("AMOUNT"));
    invoice.put("callback_url", env("CALLBACK_URL"));
    invoice.put("client_invoice_ref", env("BILL_REF"));
    invoice.put("currency", env("CURRENCY"));
    invoice.put("email", env("EMAIL"));
    invoice.put("id_number", env("CLIENT_ID_NUMBER"));
    invoice.put("msisdn", env("PHONE"));
    invoice.put("name", env("CLIENT_NAME"));
    invoice.put("notification_url", env("NOTIFICATION_URL"));
    invoice.put("items", List.of(Map.of("desc", env("BILL_DESC"), "price", env("AMOUNT"), "quantity", "1")));

    HttpRequest request = HttpRequest.newBuilder(URI.create(env("LANGO_URL") + "/api/invoice/create"))
        .header("Authorization", "Bearer " + env("TOKEN"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(new Gson().toJson(invoice)))
        .timeout(Duration.ofSeconds(30))
        .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    System.out.println(answer.body());
  }

  static String env(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
